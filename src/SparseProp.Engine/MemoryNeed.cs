using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;
using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine;

/// <summary>What a simulation cannot do without.</summary>
public static class MemoryNeed
{
    private const double Kibibyte = 1L << 10;
    private const double Mebibyte = 1L << 20;
    private const double Gibibyte = 1L << 30;

    // State, and draws where they take a place of their own as the network is made; in the heap loop nodes, places, draws and values.
    private const int WindowBytesPerNeuron = 8;
    private const int QifWindowBytesPerNeuron = 16 + 8;
    private const int QifInhomogeneousWindowBytesPerNeuron = 32 + 8;
    private const int HeapBytesPerNeuron = 16 + 4 + 8 + 8;
    private const int DriveBytesPerNeuron = 16;
    private const int ExcitedWindowBytesPerNeuron = 9;

    // All neurons may spike at one instant.
    private const int InstantBytesPerNeuron = 4;
    private const int ChiBytesPerNeuron = 32;

    // Target and weight of a synapse, before training, of the teacher and now; mean, mean square and sum of the gradient, and that of a trial.
    private const int BytesPerTrainedSynapse = (3 * (4 + 8)) + (4 * 8) + 8;

    // State, drive, phases and their gradients.
    private const int BytesPerTrainedNeuron = 256;

    /// <summary>The least that training needs for the record of a trial.</summary>
    public const long LeastTapeBytes = 1 << 20;

    /// <summary>Bytes of neurons, queue and statistics, with targets drawn again at every spike; of training, with the smallest tape.</summary>
    public static long LeastBytes(SimulationParameters p)
    {
        ArgumentNullException.ThrowIfNull(p);
        if (p.Training is { } training)
        {
            return TrainingBytes(p, training);
        }

        if (p.Network is { } network)
        {
            return NetworkMemory.LeastBytes(network) + ((long)p.N * SpikeStatistics.BytesPerNeuron(p.Record));
        }

        var excitation = p.ExcitatoryNeurons == 0 ? 0 : InstantBytesPerNeuron + (p.Loop == EventLoop.Window ? ExcitedWindowBytesPerNeuron : 0);
        var statistics = SpikeStatistics.BytesPerNeuron(p.Record) + (p.Record.HasFlag(StatisticKinds.Chi) ? ChiBytesPerNeuron : 0);
        return (long)p.N * (LoopBytesPerNeuron(p) + excitation + statistics + StabilityMeasurements.BytesPerNeuron(p));
    }

    /// <summary>Bytes of a network of populations that keeps its synapses, whatever happens in it; at least <see cref="LeastBytes"/>.</summary>
    public static long FullBytes(SimulationParameters p, NetworkDescription network) => (long)Math.Min(
        LeastBytes(p) + ((double)NetworkMemory.FullBytes(network) - NetworkMemory.LeastBytes(network)), long.MaxValue);

    /// <exception cref="InsufficientMemoryException">The network does not fit.</exception>
    public static void Require(SimulationParameters p, long availableBytes)
    {
        if (LeastBytes(p) is var needed && needed > availableBytes)
        {
            throw new InsufficientMemoryException(
                $"n = {p.N} needs at least {Text(needed)} of memory, and {Text(availableBytes)} may be used");
        }
    }

    /// <summary>A number of bytes in B, KiB or GiB, for messages.</summary>
    public static string Text(long bytes) => bytes switch
    {
        < (long)Kibibyte => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < (long)Mebibyte => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kibibyte:0.0} KiB"),
        < (long)Gibibyte => string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Gibibyte:0.0} GiB"),
    };

    private static long TrainingBytes(SimulationParameters p, TrainingParameters training)
    {
        var synapses = ((Int128)p.N * p.K) + ((Int128)training.Inputs * Math.Min(training.InputTargets, p.N));
        var bytes = (synapses * BytesPerTrainedSynapse) + ((Int128)p.N * BytesPerTrainedNeuron) + LeastTapeBytes;
        return (long)Int128.Min(bytes, long.MaxValue);
    }

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
