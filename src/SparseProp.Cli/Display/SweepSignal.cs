using System.Diagnostics;
using System.Threading.Channels;
using SparseProp.Cluster.Coordination;
using SparseProp.Execution;

namespace SparseProp.Cli.Display;

/// <summary>What a running sweep says, in the order in which it says it.</summary>
internal abstract record SweepSignal
{
    public sealed record Progressed(SweepProgress Progress) : SweepSignal;

    public sealed record Noticed(SweepNotice Notice) : SweepSignal;

    /// <summary>Something else that the user should hear.</summary>
    public sealed record Said(string Text) : SweepSignal;

    public sealed record Finished : SweepSignal;

    public sealed record Broken(Exception Cause) : SweepSignal;
}

/// <summary>Carries signals from the coordinator's thread to the display, and says so where there are none for too long.</summary>
internal sealed class SweepSignals : ISweepListener, IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<SweepSignal> _signals = Channel.CreateUnbounded<SweepSignal>();
    private readonly Lock _gate = new();
    private readonly StallWatch _stall;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Timer _timer;

    /// <param name="stall">Notices that the sweep stands still.</param>
    public SweepSignals(StallWatch stall)
    {
        _stall = stall;
        _timer = new Timer(_ => Look(), state: null, LookInterval, LookInterval);
    }

    public IAsyncEnumerable<SweepSignal> All => _signals.Reader.ReadAllAsync();

    public void OnProgress(SweepProgress progress)
    {
        lock (_gate)
        {
            _stall.OnProgress(progress, Stopwatch.GetElapsedTime(_begun));
        }

        _signals.Writer.TryWrite(new SweepSignal.Progressed(progress));
    }

    public void OnNotice(SweepNotice notice) => _signals.Writer.TryWrite(new SweepSignal.Noticed(notice));

    public void OnSaid(string text) => _signals.Writer.TryWrite(new SweepSignal.Said(text));

    public void OnFinished() => _signals.Writer.TryWrite(new SweepSignal.Finished());

    public void OnBroken(Exception cause) => _signals.Writer.TryWrite(new SweepSignal.Broken(cause));

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        string? due;
        lock (_gate)
        {
            due = _stall.Due(Stopwatch.GetElapsedTime(_begun));
        }

        if (due is not null)
        {
            OnSaid(due);
        }
    }
}
