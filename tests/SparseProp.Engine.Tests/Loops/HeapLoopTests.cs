using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Loops;

public sealed unsafe class HeapLoopTests
{
    public static TheoryData<string> GoldenNetworks { get; } = ["lif_n1000_k50", "lif_n100000_k100"];

    [Theory]
    [MemberData(nameof(GoldenNetworks))]
    public void SpikesEqualThePublishedNetworkToTheLast(string name)
    {
        foreach (var entry in GoldenFile.Entries(name))
        {
            var (spikes, result) = SpikeList.Of(GoldenNetwork.Parameters(entry));

            Assert.Equal(GoldenFile.Integers(entry.GetProperty("spike_index")), spikes.Neurons.Select(j => j + 1));
            var expected = GoldenFile.AllBits(entry.GetProperty("time_s_bits")).Select(BitConverter.UInt64BitsToDouble);
            Assert.All(expected.Zip(spikes.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            var rate = BitConverter.UInt64BitsToDouble(GoldenFile.Bits(entry.GetProperty("rate").GetProperty("bits")));
            Assert.Equal(rate, result.RateHz, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(GoldenNetworks))]
    public void InitialConditionAndHeapLayoutsEqualThePublishedOnes(string name)
    {
        foreach (var entry in GoldenFile.Entries(name))
        {
            var p = GoldenNetwork.Parameters(entry);
            using var draws = new NativeBuffer<double>(p.N);
            InitialDraws.Published<PlusScrambler>(p.SeedIc, draws.Pointer, p.N);
            var targets = new TargetRows(
                new PublishedTargets<PlusScrambler>(p.N, p.K, p.SeedNet, replace: false), p.N, p.K, budgetBytes: long.MaxValue);
            using var loop = new HeapLoop<LifPhase, LargestFirst>(new LifPhase(p), draws.Pointer, p.N, targets);

            Assert.Equal(
                entry.GetProperty("init_sha256").GetString(),
                GoldenFile.Sha256(new ReadOnlySpan<byte>(draws.Pointer, p.N * sizeof(double))));
            Assert.Equal(entry.GetProperty("heap_order0_sha256").GetString(), GoldenNetwork.OrderSha256(loop.Layout));

            var observer = default(NoObserver);
            var spikes = entry.GetProperty("nstep").GetInt64();
            loop.Run(ref observer, spikes, double.PositiveInfinity, TestContext.Current.CancellationToken);
            Assert.Equal(entry.GetProperty("heap_order_end_sha256").GetString(), GoldenNetwork.OrderSha256(loop.Layout));
        }
    }
}
