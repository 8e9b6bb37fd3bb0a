using System.Globalization;
using SparseProp.Engine;

namespace SparseProp.Results;

/// <summary>A snapshot's file: 32 hexadecimal digits of the point's key, the generation, and a suffix.</summary>
internal readonly record struct CheckpointFile(PointKey Key, long Generation)
{
    /// <summary>Of files that are not complete; they are worthless after a crash.</summary>
    public const string UnfinishedSuffix = ".part";

    private const string Suffix = ".snapshot";
    private const int KeyDigits = 32;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Key}.{Generation}{Suffix}");

    public string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>Where the <paramref name="number"/>-th upload of a process is written until it is complete.</summary>
    public string UnfinishedPathIn(string folder, long number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Key}.{Generation}.{number}{UnfinishedSuffix}"));

    /// <summary>Whether a file has the name of a complete snapshot, letter by letter.</summary>
    public static bool TryParse(string name, out CheckpointFile file)
    {
        file = default;
        if (name.Length <= KeyDigits + 1 + Suffix.Length
            || !UInt128.TryParse(name.AsSpan(0, KeyDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            || !long.TryParse(
                name.AsSpan((KeyDigits + 1)..^Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
        {
            return false;
        }

        file = new CheckpointFile(new PointKey(key), generation);
        return file.Name == name;
    }
}
