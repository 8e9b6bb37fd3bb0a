namespace SparseProp.Sweeps;

/// <summary>Something in a sweep file that runs but may not mean what it seems to.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Column">Its column in characters, from 1.</param>
/// <param name="Key">The key it belongs to.</param>
/// <param name="Message">What is doubtful and what to write instead.</param>
public sealed record SweepFileWarning(string File, int Line, int Column, string Key, string Message)
{
    /// <summary><c>file:line:column: warning: key: message</c>, the form editors jump to.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: warning: {Key}: {Message}";
}
