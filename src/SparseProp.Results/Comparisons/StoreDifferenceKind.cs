using SparseProp.Results.Records;

namespace SparseProp.Results.Comparisons;

/// <summary>What is wrong with a point of two stores that ought to be equal.</summary>
public enum StoreDifferenceKind
{
    /// <summary>Only the first store has a record of the point.</summary>
    OnlyInA,

    /// <summary>Only the second store has a record of the point.</summary>
    OnlyInB,

    /// <summary>The records that count say different things, see <see cref="PointRecord.SameOutcome"/>.</summary>
    OutcomeDiffers,

    /// <summary>The point failed in both, for the same reason: worth knowing, and no inequality.</summary>
    FailedInBoth,

    /// <summary>A store holds a result that contradicts the point's.</summary>
    Divergent,

    /// <summary>A store holds the point's result more than once.</summary>
    Duplicate,

    /// <summary>A part of a store cannot be read.</summary>
    Damaged,
}
