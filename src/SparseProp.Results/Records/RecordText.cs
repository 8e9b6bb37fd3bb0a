namespace SparseProp.Results.Records;

/// <summary>How long the texts of a record may be, so that every record fits <see cref="PointRecordFormat.MaxBytes"/>.</summary>
public static class RecordText
{
    /// <summary>Longest name of a host or of a kind of failure, in UTF-16 characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Longest message of a failure, in UTF-16 characters: the first screens of a stack trace.</summary>
    public const int MaxMessageLength = 4096;

    /// <summary><paramref name="text"/> where it fits, else its beginning and an ellipsis.</summary>
    internal static string Cut(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= maxLength)
        {
            return text;
        }

        var kept = maxLength - 1;
        if (char.IsHighSurrogate(text[kept - 1]))
        {
            kept--;
        }

        return string.Concat(text.AsSpan(0, kept), "…");
    }
}
