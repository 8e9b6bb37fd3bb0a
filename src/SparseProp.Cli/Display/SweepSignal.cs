using System.Threading.Channels;
using SparseProp.Cluster.Coordination;

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

/// <summary>Carries signals from the coordinator's thread to the display.</summary>
internal sealed class SweepSignals : ISweepListener
{
    private readonly Channel<SweepSignal> _signals = Channel.CreateUnbounded<SweepSignal>();

    public IAsyncEnumerable<SweepSignal> All => _signals.Reader.ReadAllAsync();

    public void OnProgress(SweepProgress progress) => _signals.Writer.TryWrite(new SweepSignal.Progressed(progress));

    public void OnNotice(SweepNotice notice) => _signals.Writer.TryWrite(new SweepSignal.Noticed(notice));

    public void OnSaid(string text) => _signals.Writer.TryWrite(new SweepSignal.Said(text));

    public void OnFinished() => _signals.Writer.TryWrite(new SweepSignal.Finished());

    public void OnBroken(Exception cause) => _signals.Writer.TryWrite(new SweepSignal.Broken(cause));
}
