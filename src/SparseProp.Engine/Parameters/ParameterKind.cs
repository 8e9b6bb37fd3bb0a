namespace SparseProp.Engine.Parameters;

/// <summary>What the values of a parameter are.</summary>
public enum ParameterKind
{
    /// <summary>A whole number of 32 bits.</summary>
    Count,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>A double.</summary>
    Real,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>Any of some words, separated by commas.</summary>
    Words,
}
