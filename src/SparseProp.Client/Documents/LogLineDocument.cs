namespace SparseProp.Client.Documents;

/// <summary>A line of the process's log.</summary>
/// <param name="Number">Counts the lines since the process began; a gap says that lines are lost.</param>
/// <param name="TimeUtc">When it was written.</param>
/// <param name="Level"><c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c> or <c>critical</c>.</param>
/// <param name="Category">The part of the program that it is from.</param>
/// <param name="Message">What it says.</param>
/// <param name="Properties">What it is about, such as a sweep, a point or a worker.</param>
/// <param name="Exception">The fault that led to it; null where there was none.</param>
public sealed record LogLineDocument(
    long Number,
    DateTimeOffset TimeUtc,
    string Level,
    string Category,
    string Message,
    IReadOnlyDictionary<string, string> Properties,
    string? Exception = null);
