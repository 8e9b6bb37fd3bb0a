using System.Runtime.InteropServices;

namespace SparseProp.Cli.Output;

/// <summary>
/// Whoever reads standard output. .NET drops what is written to a pipe that nobody reads, so that a command which shows what goes on would go
/// on for nobody, and one that waits for the next line would not even write.
/// </summary>
internal static class OutputReader
{
    private const int StandardOutput = 1;
    private const short Error = 8;
    private const short HangUp = 16;
    private const int NoTimeout = -1;
    private const int Interrupted = 4;

    private static readonly Lazy<CancellationToken> Watched = new(Watch);

    /// <summary>Cancelled once there is none any more, where the system can tell.</summary>
    public static CancellationToken Gone => Watched.Value;

    /// <summary>Does what is of no use without a reader, until there is none.</summary>
    /// <param name="show">Does it; is cancelled when the reader goes.</param>
    /// <param name="cancellation">Ends it otherwise.</param>
    /// <returns>Whether it came to its own end.</returns>
    public static async Task<bool> ServeAsync(Func<CancellationToken, Task> show, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Gone);
        try
        {
            await show(ending.Token);
            return true;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static CancellationToken Watch()
    {
        if (OperatingSystem.IsWindows())
        {
            return CancellationToken.None;
        }

        var gone = new CancellationTokenSource();
        new Thread(() =>
        {
            if (AwaitEnd())
            {
                gone.Cancel();
            }
        })
        { IsBackground = true, Name = "reader" }.Start();
        return gone.Token;
    }

    /// <summary>Waits until nobody reads any more; false where that cannot be told.</summary>
    private static bool AwaitEnd()
    {
        var request = new PollRequest { File = StandardOutput };
        int found;
        do
        {
            // Nothing is asked for: what is reported is reported always.
            found = Poll(ref request, 1, NoTimeout);
        }
        while (found == 0 || (found < 0 && Marshal.GetLastPInvokeError() == Interrupted));

        return (request.Events & (Error | HangUp)) != 0;
    }

#pragma warning disable SYSLIB1054 // Its marshalling would take unsafe code.
    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollRequest requests, nuint count, int timeoutMilliseconds);
#pragma warning restore SYSLIB1054

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int File;
        public short Asked;
        public short Events;
    }
}
