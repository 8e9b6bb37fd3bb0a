using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>How often the neurons of each population have spiked.</summary>
internal sealed class PopulationSpikes
{
    private readonly IReadOnlyList<Population> _populations;

    // One beyond each population's last neuron.
    private readonly int[] _ends;
    private readonly long[] _spikes;

    /// <param name="populations">In the order in which their neurons are numbered.</param>
    public PopulationSpikes(IReadOnlyList<Population> populations)
    {
        _populations = populations;
        _spikes = new long[populations.Count];
        _ends = new int[populations.Count];
        var end = 0;
        for (var i = 0; i < _ends.Length; i++)
        {
            _ends[i] = end += populations[i].Size;
        }
    }

    public void Add(ReadOnlySpan<Spike> spikes)
    {
        var ends = _ends;
        foreach (ref readonly var spike in spikes)
        {
            var place = 0;
            while (spike.Neuron >= ends[place])
            {
                place++;
            }

            _spikes[place]++;
        }
    }

    /// <param name="seconds">Length of the measurement.</param>
    /// <param name="cvOf">Mean coefficient of variation of neurons from the first to before the second, and of how many it is.</param>
    public PopulationList Summarise(double seconds, Func<int, int, (double? Mean, int Neurons)> cvOf) => new(_populations.Select((population, i) =>
    {
        var cv = cvOf(_ends[i] - population.Size, _ends[i]);
        var rate = seconds > 0 ? _spikes[i] / (population.Size * seconds) : double.NaN;
        return new PopulationStatistics(population.Name, population.Size, _spikes[i], rate, cv.Mean, cv.Neurons);
    }));

    public void Save(SnapshotWriter writer) => writer.Write<long>(_spikes);

    public void Restore(SnapshotReader reader) => reader.Read<long>(_spikes);
}
