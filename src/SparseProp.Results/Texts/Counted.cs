using System.Globalization;

namespace SparseProp.Results.Texts;

/// <summary>Counts in sentences: "1 point", "2 points".</summary>
public static class Counted
{
    /// <summary>A count of something, with the word in the number that the count asks for.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one, such as <c>point</c>.</param>
    /// <param name="many">The word for several where that is not the same with an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {Word(count, one, many)}");

    /// <summary>The word alone.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Word(long count, string one, string? many = null) => count == 1 ? one : many ?? one + "s";
}
