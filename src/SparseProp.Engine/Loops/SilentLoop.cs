using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>A network in which no neuron ever reaches the threshold.</summary>
internal sealed class SilentLoop(int n) : IEventLoop
{
    public double Seconds => 0;

    public long Bytes => 0;

    public int PendingSpikes => 0;

    public long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver => 0;

    public unsafe void ReadTimesToSpike(double seconds, double* destination) =>
        new Span<double>(destination, n).Fill(double.PositiveInfinity);

    public void Save(SnapshotWriter writer)
    {
    }

    public void Restore(SnapshotReader reader)
    {
    }

    public void Dispose()
    {
    }
}
