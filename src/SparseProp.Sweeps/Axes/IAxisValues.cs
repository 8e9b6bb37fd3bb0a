using SparseProp.Engine.Parameters;

namespace SparseProp.Sweeps.Axes;

/// <summary>The values of one parameter along an axis, by index and back. Ranges hold their ends only, however long they are.</summary>
internal interface IAxisValues
{
    /// <summary>How many, at least 1.</summary>
    long Count { get; }

    /// <summary>Whether no value stands twice, so that <see cref="IndexOf"/> finds the only place.</summary>
    bool AreDistinct { get; }

    /// <summary>The value at 0 ≤ <paramref name="index"/> &lt; <see cref="Count"/>.</summary>
    ParameterValue this[long index] { get; }

    /// <summary>Where <paramref name="value"/> stands (first), or −1.</summary>
    long IndexOf(ParameterValue value);

    /// <summary>
    /// Indices whose values decide whether any value breaks a rule that forbids one interval, or an integer beside an allowed
    /// zero: the ends, then all others of a list, and zero and its neighbours in a range.
    /// </summary>
    IEnumerable<long> Probes { get; }
}
