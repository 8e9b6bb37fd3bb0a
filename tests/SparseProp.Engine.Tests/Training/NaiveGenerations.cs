using SparseProp.Engine.Training;

namespace SparseProp.Engine.Tests.Training;

/// <summary>Leaky networks in generations, in voltages, with no thought of time: the definition written out.</summary>
internal sealed class NaiveGenerations(TrainableNetwork network, double[] phases, InputSpikes input)
{
    private const double Instant = 1e-11;
    private const double Tolerance = 1.0 / (1L << 44);

    private readonly double[] _v =
        [.. phases.Select((u, i) => network.Drive[i] - ((1 + network.Drive[i]) * Math.Exp(-u * Math.Log(1 + (1 / network.Drive[i])))))];

    private readonly List<(int Neuron, double Seconds)> _spikes = [];

    public List<(int Neuron, double Seconds)> Run(double seconds)
    {
        var (time, inputs) = (0.0, 0);
        while (true)
        {
            var left = _v.Select((v, i) => v >= 0 ? 0 : Math.Log((network.Drive[i] - v) / network.Drive[i])).ToArray();
            var untilInput = inputs < input.Times.Length ? Math.Max(0, (input.Times[inputs] / network.Tau) - time) : double.PositiveInfinity;
            var step = Math.Min(left.Min(), untilInput);
            if ((time + step) * network.Tau > seconds)
            {
                return _spikes;
            }

            time += step;
            for (var i = 0; i < _v.Length; i++)
            {
                // Those of one instant are at the threshold together.
                _v[i] = left[i] - step < Instant ? 0 : network.Drive[i] - ((network.Drive[i] - _v[i]) * Math.Exp(-step));
            }

            HashSet<int> spiked = [];
            if (untilInput <= step)
            {
                var first = input.Times[inputs];
                List<int> sources = [];
                for (; inputs < input.Times.Length && input.Times[inputs] == first; inputs++)
                {
                    sources.Add(input.Inputs[inputs]);
                }

                Deliver(network.Input, sources, spiked);
            }

            while (Enumerable.Range(0, _v.Length).Where(i => _v[i] >= -Tolerance).ToList() is { Count: > 0 } generation)
            {
                foreach (var neuron in generation)
                {
                    _spikes.Add((neuron, time * network.Tau));
                    _v[neuron] = -1;
                    spiked.Add(neuron);
                }

                Deliver(network.Recurrent, generation, spiked);
            }
        }
    }

    private void Deliver(Synapses synapses, List<int> sources, HashSet<int> spiked)
    {
        foreach (var arrivals in sources
            .SelectMany(source => Enumerable.Range(synapses.RowStart[source], synapses.RowStart[source + 1] - synapses.RowStart[source]))
            .GroupBy(synapse => synapses.Targets[synapse], synapse => synapses.Weights[synapse]))
        {
            _v[arrivals.Key] += arrivals.Where(weight => !(weight > 0 && spiked.Contains(arrivals.Key))).Sum();
        }
    }
}
