namespace SparseProp.Results.Index;

/// <summary>A 128-bit key or digest as two words: in a table of millions it saves the padding that UInt128 asks for.</summary>
internal readonly record struct PointWords(ulong High, ulong Low)
{
    public static PointWords Of(UInt128 value) => new((ulong)(value >> 64), (ulong)value);

    public UInt128 ToUInt128() => new(High, Low);
}
