namespace SparseProp.Sweeps;

/// <summary>One thing that is wrong with a sweep file.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Line of the offending value or key, from 1.</param>
/// <param name="Column">Its column in characters, from 1.</param>
/// <param name="Key">The key it belongs to, such as <c>k</c> or <c>stop</c>; empty where the file itself is meant.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record SweepFileError(string File, int Line, int Column, string Key, string Message)
{
    /// <summary><c>file:line:column: key: message</c>, the form editors jump to.</summary>
    public override string ToString() =>
        Key.Length == 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Key}: {Message}";
}
