using System.Runtime.InteropServices;
using System.Text.Json;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>
/// Against the published networks. Quadratic networks are chaotic: a difference of one unit in the last place of tan or atan grows
/// to 1e-9 s within some 1100 spikes of 1000 neurons, and after some 1800 it may exchange two spikes. Hence the prefixes below.
/// </summary>
public sealed unsafe class QifHeapTests
{
    // What any sound tan and atan must reproduce.
    private const int SameNeurons = 1500;
    private const int SameTimes = 1000;
    private const int SameBits = 100;

    public static TheoryData<string> GoldenNetworks { get; } =
        ["qif_phase_n1000_k50", "qif_phase_n100000_k100", "qif_timebased_n1000_k50", "qif_inhomogeneous_n1000_k50"];

    /// <summary>Whether tan, atan and sin round as the library did with which the reference was computed (glibc 2.36 with FMA).</summary>
    private static bool IsReferenceLibrary => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        && System.Runtime.Intrinsics.X86.Fma.IsSupported;

    [Theory]
    [MemberData(nameof(GoldenNetworks))]
    public void SpikesEqualThePublishedNetworkAsFarAsChaosAllows(string name)
    {
        foreach (var entry in GoldenFile.Entries(name))
        {
            var (spikes, result) = SpikeList.Of(GoldenNetwork.Parameters(entry));
            var neurons = GoldenFile.Integers(entry.GetProperty("spike_index"));
            var seconds = GoldenNetwork.Seconds(entry);

            Assert.Equal(neurons.Take(SameNeurons), spikes.Neurons.Take(SameNeurons).Select(j => j + 1));
            Assert.All(seconds.Take(SameTimes).Zip(spikes.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.All(seconds.Take(SameBits).Zip(spikes.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
            var rate = BitConverter.UInt64BitsToDouble(GoldenFile.Bits(entry.GetProperty("rate").GetProperty("bits")));
            Assert.Equal(rate, result.RateHz, 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(GoldenNetworks))]
    public void EveryBitIsThePublishedOneWhereTheMathematicalLibraryIsTheSame(string name)
    {
        Assert.SkipUnless(IsReferenceLibrary, "this platform's tan and atan may round otherwise");
        foreach (var entry in GoldenFile.Entries(name))
        {
            var (spikes, _) = SpikeList.Of(GoldenNetwork.Parameters(entry));

            Assert.Equal(GoldenFile.Integers(entry.GetProperty("spike_index")), spikes.Neurons.Select(j => j + 1));
            Assert.Equal(GoldenNetwork.Seconds(entry), spikes.Seconds);
        }
    }

    [Fact]
    public void PhasesBeginInThePublishedLayoutAndEndInIt() => AssertLayouts<QifPhase, LargestFirst, PlusScrambler>(
        ["qif_phase_n1000_k50", "qif_phase_n100000_k100"], p => new QifPhase(p), replace: false);

    [Fact]
    public void SpikeTimesBeginInThePublishedLayoutAndEndInIt() => AssertLayouts<QifTime, SmallestFirst, StarScrambler>(
        ["qif_timebased_n1000_k50"], p => new QifTime(p), replace: true);

    [Fact]
    public void InhomogeneousSpikeTimesBeginInThePublishedLayoutAndEndInIt()
    {
        Assert.SkipUnless(IsReferenceLibrary, "this platform's sin may round otherwise");
        AssertLayouts<QifInhomogeneous, SmallestFirst, StarScrambler>(
            ["qif_inhomogeneous_n1000_k50"], p => QifInhomogeneous.Create(p), replace: true);
    }

    [Fact]
    public void EveryNeuronHasThePublishedDrive()
    {
        Assert.SkipUnless(IsReferenceLibrary, "this platform's sin may round otherwise");
        foreach (var entry in GoldenFile.Entries("qif_inhomogeneous_n1000_k50"))
        {
            var p = GoldenNetwork.Parameters(entry);
            using var model = QifInhomogeneous.Create(p);
            var omega = Enumerable.Range(0, p.N).Select(i => model.Omega(i)).ToArray();

            Assert.Equal(GoldenNetwork.Scalar(entry, "omega_1"), omega[0]);
            Assert.Equal(GoldenNetwork.Scalar(entry, "omega_n"), omega[^1]);
            Assert.Equal(entry.GetProperty("omega_sha256").GetString(), GoldenFile.Sha256(MemoryMarshal.AsBytes(omega.AsSpan())));
        }
    }

    private static void AssertLayouts<TModel, TOrder, TScrambler>(
        string[] networks, Func<SimulationParameters, TModel> create, bool replace)
        where TModel : struct, IHeapModel
        where TOrder : struct, IHeapOrder
        where TScrambler : struct, IScrambler
    {
        foreach (var entry in networks.SelectMany(GoldenFile.Entries))
        {
            var p = GoldenNetwork.Parameters(entry);
            using var draws = new NativeBuffer<double>(p.N);
            InitialDraws.Published<TScrambler>(p.SeedIc, draws.Pointer, p.N);
            var source = new PublishedTargets<TScrambler>(p.N, p.K, p.SeedNet, replace);
            var targets = new TargetRows(source, p.N, p.K, budgetBytes: long.MaxValue);
            using var loop = new HeapLoop<TModel, TOrder>(create(p), draws.Pointer, p.N, targets);

            AssertInitialValues(entry, loop.Layout);
            Assert.Equal(entry.GetProperty("heap_order0_sha256").GetString(), GoldenNetwork.OrderSha256(loop.Layout));
            if (IsReferenceLibrary)
            {
                var observer = default(NoObserver);
                var spikes = entry.GetProperty("nstep").GetInt64();
                loop.Run(ref observer, spikes, double.PositiveInfinity, TestContext.Current.CancellationToken);
                Assert.Equal(entry.GetProperty("heap_order_end_sha256").GetString(), GoldenNetwork.OrderSha256(loop.Layout));
            }
        }
    }

    private static void AssertInitialValues(JsonElement entry, ReadOnlySpan<HeapNode> layout)
    {
        var values = layout.ToArray().OrderBy(node => node.Handle).Select(node => node.Value).ToArray();
        var first = entry.GetProperty("init_first5").EnumerateArray().Select(e => GoldenFile.Bits(e.GetProperty("bits")));
        Assert.Equal(first, values.Take(5).Select(BitConverter.DoubleToUInt64Bits));
        Assert.Equal(entry.GetProperty("init_sha256").GetString(), GoldenFile.Sha256(MemoryMarshal.AsBytes(values.AsSpan())));
    }
}
