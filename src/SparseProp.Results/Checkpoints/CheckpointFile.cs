using System.Globalization;
using SparseProp.Engine;

namespace SparseProp.Results.Checkpoints;

/// <summary>
/// A snapshot's file: 32 hexadecimal digits of the point's key, the generation, whoever owned the folder when it was written, and a suffix.
/// </summary>
/// <param name="Key">The point.</param>
/// <param name="Generation">Number of the snapshot.</param>
/// <param name="Owner">Names one opening of the folder; empty of a file that an earlier release has written.</param>
internal readonly record struct CheckpointFile(PointKey Key, long Generation, string Owner)
{
    /// <summary>Of files that are not complete; they are worthless after a crash.</summary>
    public const string UnfinishedSuffix = ".part";

    private const string Suffix = ".snapshot";
    private const int KeyDigits = 32;

    public string Name => Stem + Suffix;

    private string Stem => string.Create(CultureInfo.InvariantCulture, $"{Key}.{Generation}{(Owner.Length == 0 ? "" : ".")}{Owner}");

    public string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>Where the <paramref name="number"/>-th upload of a process is written until it is complete.</summary>
    public string UnfinishedPathIn(string folder, long number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Stem}.{number}{UnfinishedSuffix}"));

    /// <summary>Whether a file has the name of a complete snapshot, letter by letter.</summary>
    public static bool TryParse(string name, out CheckpointFile file)
    {
        file = default;
        if (name.Length <= KeyDigits + 1 + Suffix.Length
            || !UInt128.TryParse(name.AsSpan(0, KeyDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            || name[(KeyDigits + 1)..^Suffix.Length].Split('.') is not [var number, .. { Length: <= 1 } owner]
            || !owner.All(text => text.Length > 0 && text.All(char.IsAsciiLetterOrDigit))
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
        {
            return false;
        }

        file = new CheckpointFile(new PointKey(key), generation, owner is [var given] ? given : "");
        return file.Name == name;
    }
}
