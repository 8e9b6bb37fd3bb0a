namespace SparseProp.Sweeps.Reading;

/// <summary>How large a sweep may be.</summary>
internal static class SizeLimit
{
    /// <summary>Points of one sweep. At a microsecond each that is twelve days: more is a slip of the pen.</summary>
    public const long Points = 1_000_000_000_000;

    public const string Text = "10^12";

    /// <summary>Characters of one file: a list of a hundred thousand values fits.</summary>
    public const int FileLength = 1 << 20;
}
