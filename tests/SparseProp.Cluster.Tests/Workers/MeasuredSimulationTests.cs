using SparseProp.Engine;
using SparseProp.Execution.Points;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class MeasuredSimulationTests
{
    private static readonly SimulationParameters Network =
        new() { N = 1000, K = 50, BurnIn = RunLength.Spikes(2000), Stop = RunLength.Spikes(100_000) };

    private static readonly SimulationOptions Options = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(50_000)]
    [InlineData(97_000)]
    public void ASimulationThatIsSavedAndResumedGivesTheSameBits(long cutAfterSpikes)
    {
        using var undisturbed = MeasuredSimulation.Begin(Network, Options, busySlots: 1);
        var expected = Run(undisturbed);

        using var checkpoint = new MemoryStream();
        using (var first = MeasuredSimulation.Begin(Network, Options, busySlots: 1))
        {
            Cut(first, cutAfterSpikes);
            first.Save(checkpoint);
        }

        checkpoint.Position = 0;
        using var second = MeasuredSimulation.Resume(checkpoint, Network, Options, busySlots: 1);

        Assert.Equal(expected, Run(second));
    }

    [Fact]
    public void CostsAddUpOverInterruptionsAndMachines()
    {
        using var first = MeasuredSimulation.Begin(Network, Options, busySlots: 1);
        Cut(first, afterSpikes: 50_000);
        using var checkpoint = new MemoryStream();
        first.Save(checkpoint);
        checkpoint.Position = 0;

        using var second = MeasuredSimulation.Resume(checkpoint, Network, Options, busySlots: 1);
        var before = first.Cost;
        var resumed = second.Cost;
        Run(second);
        var after = second.Cost;

        Assert.True(before.CpuSeconds > 0);
        Assert.Equal(before.CpuSeconds, resumed.CpuSeconds);
        Assert.Equal(resumed.SetupSeconds - before.SetupSeconds, resumed.WallSeconds - before.WallSeconds, tolerance: 1e-9);
        Assert.True(resumed.SetupSeconds > before.SetupSeconds);
        Assert.True(after.CpuSeconds > before.CpuSeconds);
        Assert.True(after.WallSeconds >= resumed.WallSeconds);
        Assert.True(second.Elapsed.TotalSeconds >= before.WallSeconds);
    }

    [Fact]
    public void ACheckpointOfAnotherPointIsRefused()
    {
        using var checkpoint = Checkpoint();

        var error = Assert.Throws<InvalidDataException>(
            () => MeasuredSimulation.Resume(checkpoint, Network with { SeedIc = 2 }, Options, busySlots: 1));

        Assert.Contains("another point", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckpointThatEndsEarlyOrWhoseHeadIsDamagedIsRefused()
    {
        using var checkpoint = Checkpoint();
        var bytes = checkpoint.ToArray();
        var nan = bytes.ToArray();
        Array.Fill(nan, (byte)0xff, 3, 8);
        byte[][] damaged = [[], bytes[..1], bytes[..38], bytes[..^1], [0x95, 2, .. bytes[2..]], nan];

        Assert.All(damaged, content => Assert.Throws<InvalidDataException>(
            () => MeasuredSimulation.Resume(new MemoryStream(content), Network, Options, busySlots: 1)));
    }

    private static MemoryStream Checkpoint()
    {
        using var simulation = MeasuredSimulation.Begin(Network, Options, busySlots: 1);
        Cut(simulation, afterSpikes: 10);
        var checkpoint = new MemoryStream();
        simulation.Save(checkpoint);
        checkpoint.Position = 0;
        return checkpoint;
    }

    private static SimulationResult Run(MeasuredSimulation simulation)
    {
        var observer = default(NoObserver);
        return simulation.Run(ref observer, TestContext.Current.CancellationToken);
    }

    private static void Cut(MeasuredSimulation simulation, long afterSpikes)
    {
        using var cancellation = new CancellationTokenSource();
        var observer = new CancelAfter(afterSpikes, cancellation);
        if (afterSpikes == 0)
        {
            cancellation.Cancel();
        }

        Assert.Throws<OperationCanceledException>(() => simulation.Run(ref observer, cancellation.Token));
    }

    private struct CancelAfter(long spikes, CancellationTokenSource cancellation) : ISpikeObserver
    {
        private long _left = spikes;

        public void OnSpikes(ReadOnlySpan<Spike> spikes)
        {
            _left -= spikes.Length;
            if (_left <= 0)
            {
                cancellation.Cancel();
            }
        }
    }
}
