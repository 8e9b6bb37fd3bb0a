using System.Diagnostics;
using System.Runtime.InteropServices;
using SparseProp.Cli.Display;
using Spectre.Console;

namespace SparseProp.Cli;

/// <summary>
/// Ctrl-C (SIGINT) and SIGTERM, for all commands: the command is asked to end, and where it does not within its patience, or is asked a
/// second time, the process ends without it. Stores take no harm from that: a record is there or it is not.
/// </summary>
/// <remarks>
/// A process that was started with SIGINT ignored, as shells do with what runs in the background and as <c>nohup</c> does with SIGHUP, goes
/// on ignoring it, as POSIX has it; SIGTERM ends it.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    /// <summary>For commands that have nothing to put in order.</summary>
    private static readonly TimeSpan StandardPatience = TimeSpan.FromSeconds(0.5);

    // Some callers, timeout(1) among them, signal a process and then its group: that is one request.
    private static readonly TimeSpan SameRequest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // Standard error may be a pipe that nobody reads. Where somebody does, it takes no time, but on a machine that is very busy.
    private static readonly TimeSpan LongestWord = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _asked = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private long _patienceTicks = StandardPatience.Ticks;
    private long _askedTicks;
    private int _said;

    /// <summary>Tells a command to end.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>What is said when it has ended.</summary>
    public string Message { get; set; } = "interrupted";

    /// <summary>Begins to listen to signals.</summary>
    public void Listen()
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
    }

    /// <summary>Gives the command more time to end, from the signal on, until what is returned is disposed of.</summary>
    public IDisposable Allow(TimeSpan patience)
    {
        Interlocked.Exchange(ref _patienceTicks, patience.Ticks);
        return new Allowance(this);
    }

    /// <summary>Gives the command all the time that it takes to end, and lets it choose its exit code.</summary>
    public void AllowAll() => Interlocked.Exchange(ref _patienceTicks, long.MaxValue);

    /// <summary>Says once that the command has ended.</summary>
    public void Say()
    {
        if (Interlocked.Exchange(ref _said, 1) == 0)
        {
            Console.Error.WriteLine($"sparseprop: {Message}");
        }
    }

    public void Dispose()
    {
        _ended.Set();
        _signals.ForEach(signal => signal.Dispose());
    }

    // Each signal has a thread of its own.
    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        var now = Stopwatch.GetTimestamp();
        if (Interlocked.CompareExchange(ref _askedTicks, now, 0) is var first and not 0)
        {
            if (Stopwatch.GetElapsedTime(first, now) > SameRequest)
            {
                End();
            }

            return;
        }

        // Elsewhere, for what listens may take its time.
        _ = _asked.CancelAsync();
        while (!_ended.Wait(Look))
        {
            if (Stopwatch.GetElapsedTime(now).Ticks >= Interlocked.Read(ref _patienceTicks))
            {
                End();
            }
        }
    }

    private void End()
    {
        using var said = new ManualResetEventSlim();
        new Thread(() =>
        {
            if (!Console.IsErrorRedirected)
            {
                // What was drawing may have hidden it.
                Terminal.Error().Cursor.Show();
            }

            Say();
            said.Set();
        })
        { IsBackground = true }.Start();
        said.Wait(LongestWord);
        Environment.Exit(ExitCode.Interrupted);
    }

    private sealed class Allowance(Interruption interruption) : IDisposable
    {
        // What has used its time well is not late: what is left to do counts from here.
        public void Dispose()
        {
            var first = Interlocked.Read(ref interruption._askedTicks);
            var used = first == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(first);
            Interlocked.Exchange(ref interruption._patienceTicks, (used + StandardPatience).Ticks);
        }
    }
}
