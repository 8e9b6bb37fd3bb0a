using System.Globalization;
using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine;

/// <summary>What a simulation cannot do without.</summary>
public static class MemoryNeed
{
    private const double Kibibyte = 1L << 10;
    private const double Gibibyte = 1L << 30;

    // State, and draws where they take a place of their own as the network is made; in the heap loop nodes, places, draws and values.
    private const int WindowBytesPerNeuron = 8;
    private const int QifWindowBytesPerNeuron = 16 + 8;
    private const int QifInhomogeneousWindowBytesPerNeuron = 32 + 8;
    private const int HeapBytesPerNeuron = 16 + 4 + 8 + 8;
    private const int DriveBytesPerNeuron = 16;
    private const int ExcitedWindowBytesPerNeuron = 9;
    private const int ChiBytesPerNeuron = 32;

    /// <summary>Bytes of neurons, queue and statistics, with targets drawn again at every spike.</summary>
    public static long LeastBytes(SimulationParameters p)
    {
        ArgumentNullException.ThrowIfNull(p);
        var excitation = p is { Loop: EventLoop.Window, ExcitatoryNeurons: > 0 } ? ExcitedWindowBytesPerNeuron : 0;
        var statistics = SpikeStatistics.BytesPerNeuron(p.Record) + (p.Record.HasFlag(StatisticKinds.Chi) ? ChiBytesPerNeuron : 0);
        return (long)p.N * (LoopBytesPerNeuron(p) + excitation + statistics + StabilityMeasurements.BytesPerNeuron(p));
    }

    /// <exception cref="InsufficientMemoryException">The network does not fit.</exception>
    internal static void Require(SimulationParameters p, long availableBytes)
    {
        if (LeastBytes(p) is var needed && needed > availableBytes)
        {
            throw new InsufficientMemoryException(
                $"n = {p.N} needs at least {Text(needed)} of memory, and {Text(availableBytes)} may be used");
        }
    }

    /// <summary>A number of bytes in KiB or GiB, for messages.</summary>
    public static string Text(long bytes) => bytes < Gibibyte
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Kibibyte:0.0} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Gibibyte:0.0} GiB");

    private static int LoopBytesPerNeuron(SimulationParameters p) =>
        p.IsSilent ? 0 : (p.Loop, p.Model) switch
        {
            (EventLoop.Heap, NeuronModel.QifInhomogeneous) => HeapBytesPerNeuron + DriveBytesPerNeuron,
            (EventLoop.Heap, _) => HeapBytesPerNeuron,
            (_, NeuronModel.Qif or NeuronModel.QifTime) => QifWindowBytesPerNeuron,
            (_, NeuronModel.QifInhomogeneous) => QifInhomogeneousWindowBytesPerNeuron,
            _ => WindowBytesPerNeuron,
        };
}
