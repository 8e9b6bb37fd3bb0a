namespace SparseProp.Sweeps.Yaml;

/// <summary>What stood in a file, fit for one line of a message.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    /// <summary>The begin of <paramref name="text"/>, without line breaks and other controls.</summary>
    public static string Of(string text)
    {
        var line = new string([.. text.Take(Longest).Select(c => char.IsControl(c) ? ' ' : c)]);
        return text.Length > Longest ? line + "…" : line;
    }
}
