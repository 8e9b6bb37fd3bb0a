namespace SparseProp.Testing;

/// <summary>
/// How long is waited for what is sure to come, before a test says that it does not. No measure of how fast anything is: a machine that
/// does much else at once may take long.
/// </summary>
internal static class Hang
{
    public const int Milliseconds = 15 * 60 * 1000;

    public static readonly TimeSpan After = TimeSpan.FromMilliseconds(Milliseconds);
}
