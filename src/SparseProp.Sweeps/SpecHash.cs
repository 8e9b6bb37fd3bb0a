using System.Globalization;

namespace SparseProp.Sweeps;

/// <summary>
/// Identifies what a sweep file says: equal for files that differ only in comments, layout, the order of keys that have none,
/// the way the same values are written, or priority.
/// </summary>
public readonly record struct SpecHash(UInt128 Value)
{
    public static SpecHash Parse(string hex) => new(UInt128.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
