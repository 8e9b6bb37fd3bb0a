namespace SparseProp.Client;

/// <summary>The query of a request.</summary>
internal static class Query
{
    /// <summary>Names and values, escaped, after a question mark; what has no value is left out. Empty where nothing is left.</summary>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = "";
        foreach (var (name, value) in parts)
        {
            if (value is not null)
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
            }
        }

        return query;
    }
}
