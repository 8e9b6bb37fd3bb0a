namespace SparseProp.Results.Plots;

/// <summary>Names of series in legends.</summary>
internal static class SeriesLabel
{
    /// <summary>"k = 50, j0 = 1".</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> group)
    {
        var label = string.Join(", ", group.Select(part => part.Key == "model" ? part.Value : $"{part.Key} = {part.Value}"));
        return label.Length == 0 ? "all points" : label;
    }
}
