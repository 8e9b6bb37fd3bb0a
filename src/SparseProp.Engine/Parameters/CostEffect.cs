namespace SparseProp.Engine.Parameters;

/// <summary>What of a parameter's value decides how long a point takes and how much memory, as far as an estimate sees it.</summary>
public enum CostEffect
{
    /// <summary>Nothing: other spikes at other times, but as many of them.</summary>
    None,

    /// <summary>Whether it is negative, zero or positive.</summary>
    Sign,

    /// <summary>The value.</summary>
    Value,

    /// <summary>The value where a length is in seconds, since spikes follow from it; nothing where spikes are counted.</summary>
    ValueInSeconds,
}
