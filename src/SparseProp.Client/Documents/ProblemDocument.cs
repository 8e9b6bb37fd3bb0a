using SparseProp.Sweeps;

namespace SparseProp.Client.Documents;

/// <summary>Why a request was not done (RFC 9457).</summary>
/// <param name="Title">What kind of problem it is.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong, and what to do instead.</param>
public sealed record ProblemDocument(string Title, int Status, string Detail)
{
    public const string MediaType = "application/problem+json";

    /// <summary>All that is wrong with a sweep file; null where the problem is another.</summary>
    public IReadOnlyList<FileErrorDocument>? Errors { get; init; }

    /// <summary>Hashes of the files that are to be uploaded before; null where the problem is another.</summary>
    public IReadOnlyList<string>? Missing { get; init; }
}

/// <summary>One thing that is wrong with a sweep file.</summary>
/// <param name="Line">Line of the offending value or key, from 1.</param>
/// <param name="Column">Its column in characters, from 1.</param>
/// <param name="Key">The key it belongs to; empty where the file itself is meant.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
/// <param name="Text">All of that as <c>file:line:column: key: message</c>, the form editors jump to.</param>
public sealed record FileErrorDocument(int Line, int Column, string Key, string Message, string Text)
{
    public static FileErrorDocument Of(SweepFileError error) =>
        new(error.Line, error.Column, error.Key, error.Message, error.ToString());
}
