using System.IO.Hashing;
using System.Runtime.InteropServices;
using SparseProp.Engine.Networks.Description;

namespace SparseProp.Sweeps.Networks;

/// <summary>The spikes that a file lists.</summary>
internal sealed class SpikeFile
{
    private SpikeFile(DataTable table, NeuronColumn neurons, List<double> seconds, bool isOneBased)
    {
        (Largest, LargestPlace, IsOneBased) = (neurons.Largest, neurons.LargestAt < 0 ? "" : table.PlaceOf(neurons.LargestAt), isOneBased);
        for (var row = 0; row < seconds.Count; row++)
        {
            if (seconds[row] < 0)
            {
                throw new DataFormatException($"{table.PlaceOf(row)}: the time {seconds[row]} s is before the begin");
            }
        }

        // Spikes of one instant stay in the file's order.
        int[] order = [.. Enumerable.Range(0, seconds.Count).OrderBy(row => seconds[row])];
        int[] numbers = [.. order.Select(row => neurons.Values[row])];
        double[] times = [.. order.Select(row => seconds[row])];
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes<int>(numbers));
        hash.Append(MemoryMarshal.AsBytes<double>(times));
        Spikes = new SpikeList(Convert.ToHexStringLower(hash.GetCurrentHash()), numbers, times);
    }

    public SpikeList Spikes { get; }

    public int Largest { get; }

    public string LargestPlace { get; }

    public bool IsOneBased { get; }

    /// <exception cref="DataFormatException">The file cannot be read.</exception>
    public static SpikeFile Read(NetworkFiles files, string name, Labels? labels, TableColumns columns)
    {
        var neurons = new NeuronColumn(labels, columns.IsOneBased);
        var seconds = new NumberColumn();
        var time = columns.NameOf("time");
        var table = DataTable.Read(
            files, name, [new("neuron", [columns.NameOf("neuron")], neurons), new("time", time == "time" ? [time, "time_s"] : [time], seconds)]);
        return new SpikeFile(table, neurons, seconds.Values, columns.IsOneBased);
    }

    /// <summary>Why the spikes are not of a population of this size; null where they are.</summary>
    public string? Beyond(string population, int size)
    {
        var first = IsOneBased ? 1 : 0;
        var hint = Largest == size && !IsOneBased ? "; if they are counted from 1, write one_based: true" : "";
        return Largest < size ? null
            : $"{LargestPlace}: the neuron {Largest + first} is beyond {population}, whose neurons are {first} to {size - 1 + first}{hint}";
    }
}
