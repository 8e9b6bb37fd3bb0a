namespace SparseProp.Results.Manifests;

/// <summary>A file that a sweep names, such as that of its network or a list of synapses.</summary>
/// <param name="Name">As the sweep file names it. Not a path to be opened.</param>
/// <param name="Sha256">SHA-256 of its bytes, in 64 lower-case hexadecimal digits; by it the file is kept.</param>
/// <param name="Bytes">Its length.</param>
public sealed record DataFile(string Name, string Sha256, long Bytes)
{
    private const int HashDigits = 64;

    /// <summary>Whether that is a SHA-256 as it is written here.</summary>
    public static bool IsHash(string text) =>
        text is { Length: HashDigits } && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
}
