using System.Runtime.InteropServices;
using System.Text.Json;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>Reads the reference implementation's networks.</summary>
internal static class GoldenNetwork
{
    public static SimulationParameters Parameters(JsonElement entry) => new()
    {
        Model = entry.GetProperty("network").GetString() switch
        {
            "qif_phase" => NeuronModel.Qif,
            "qif_timebased" => NeuronModel.QifTime,
            "qif_inhomogeneous" => NeuronModel.QifInhomogeneous,
            _ => NeuronModel.Lif,
        },
        N = entry.GetProperty("n").GetInt32(),
        K = entry.GetProperty("k").GetInt32(),
        J0 = entry.GetProperty("j0").GetDouble(),
        Rate = entry.GetProperty("ratewnt").GetDouble(),
        Tau = entry.GetProperty("tau").GetDouble(),
        Eta = entry.TryGetProperty("eta", out var eta) ? eta.GetDouble() : 0,
        SeedIc = entry.GetProperty("seedic").GetInt64(),
        SeedNet = entry.GetProperty("seednet").GetInt64(),
        Topology = Topology.Published,
        Loop = EventLoop.Heap,
        Stop = RunLength.Spikes(entry.GetProperty("nstep").GetInt64()),
    };

    public static double[] Seconds(JsonElement entry) => Doubles(entry.GetProperty("time_s_bits"));

    public static double Scalar(JsonElement entry, string name) =>
        BitConverter.UInt64BitsToDouble(GoldenFile.Bits(entry.GetProperty("scalars").GetProperty(name).GetProperty("bits")));

    public static double[] Doubles(JsonElement bits) => [.. GoldenFile.AllBits(bits).Select(BitConverter.UInt64BitsToDouble)];

    /// <summary>Of the neurons (from 1) in heap slots 1 to n.</summary>
    public static string OrderSha256(ReadOnlySpan<HeapNode> layout)
    {
        int[] order = [.. layout.ToArray().Select(node => node.Handle + 1)];
        return GoldenFile.Sha256(MemoryMarshal.AsBytes(order.AsSpan()));
    }
}
