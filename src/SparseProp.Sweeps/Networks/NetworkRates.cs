using SparseProp.Engine.Networks.Description;

namespace SparseProp.Sweeps.Networks;

/// <summary>
/// Rates at which a network's populations are expected to fire: each those that <see cref="PopulationGain"/> gives for the input that all give it.
/// Where there are several such states, that of low rates; where the network oscillates, roughly its mean.
/// </summary>
internal static class NetworkRates
{
    private const double LeastHertz = 1e-3;
    private const double FirstHertz = 2;
    private const int MostRounds = 150;

    // Of ln rate.
    private const double Close = 0.02;
    private const double LongestStep = 1;

    // Of the way to the rates that the present ones ask for.
    private const double FirstShare = 0.1;
    private const double LeastShare = 1e-3;

    /// <summary>Hz of each population, from 0.001 to <see cref="PopulationGain.MostHertz"/>; sources as they are given.</summary>
    public static double[] Of(NetworkSummary summary)
    {
        var populations = summary.Network.Populations;
        var places = populations.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index);
        var given = new Input[populations.Count];
        foreach (var input in summary.Inputs)
        {
            var place = places[input.Input.To.Population];
            given[place] = given[place].With(input, summary.SizeOf(input.Input.To) / populations[place].Size, populations[place]);
        }

        var pathways = summary.Projections
            .Select(projection => Pathway.Of(projection, places, populations))
            .ToLookup(pathway => pathway.Target);
        double[] rates = [.. populations.Select(population => population.IsSource ? summary.RateOf(population) : FirstHertz)];
        var (ways, share) = (new double[rates.Length], FirstShare);
        for (var round = 0; round < MostRounds; round++)
        {
            var (turns, farthest) = (0.0, 0.0);
            for (var i = 0; i < rates.Length; i++)
            {
                var way = populations[i].IsSource
                    ? 0
                    : Math.Log(Math.Max(HertzOf(populations[i], given[i], pathways[i], rates), LeastHertz) / rates[i]);
                turns += way * ways[i];
                farthest = Math.Max(farthest, Math.Abs(way));
                ways[i] = way;
            }

            if (farthest < Close)
            {
                break;
            }

            // All at once and alike, as in time: inhibition that stabilises excitation must not come behind it.
            share = turns < 0 ? Math.Max(share / 2, LeastShare) : Math.Min(share * 1.2, 1);
            for (var i = 0; i < rates.Length; i++)
            {
                rates[i] = populations[i].IsSource ? rates[i] : Math.Clamp(
                    rates[i] * Math.Exp(Math.Clamp(share * ways[i], -LongestStep, LongestStep)), LeastHertz, PopulationGain.MostHertz);
            }
        }

        return rates;
    }

    private static double HertzOf(Population population, Input given, IEnumerable<Pathway> pathways, double[] rates)
    {
        var tau = population.Tau.Mean;
        var (mean, square, excitatory) = (given.MeanPerSecond, given.SquarePerSecond, given.ExcitatoryHertz);
        foreach (var pathway in pathways)
        {
            var hertz = pathway.Synapses * rates[pathway.Source];
            mean += hertz * pathway.Mean;
            square += hertz * pathway.Square;
            excitatory += pathway.Mean > 0 ? hertz : 0;
        }

        var rest = population.Model == PopulationModel.Qif ? 0 : population.Rest.Mean;
        return PopulationGain.HertzOf(population, rest + population.Drive.Mean + given.Drive + (tau * mean), tau * square, excitatory);
    }

    /// <summary>What a neuron receives from outside, on average over its population.</summary>
    private readonly record struct Input(double MeanPerSecond, double SquarePerSecond, double ExcitatoryHertz, double Drive)
    {
        public Input With(InputSummary input, double share, Population population)
        {
            if (input.Input.Kind == InputKind.Current)
            {
                return this with { Drive = Drive + (share * NetworkSummary.MeanOf(input.Input.Course)) };
            }

            var hertz = input.EventsPerSecond / population.Size;
            var mean = input.Input.Weight.Mean;
            return this with
            {
                MeanPerSecond = MeanPerSecond + (hertz * mean),
                SquarePerSecond = SquarePerSecond + (hertz * input.Input.Weight.MeanSquare),
                ExcitatoryHertz = ExcitatoryHertz + (mean > 0 ? hertz : 0),
            };
        }
    }

    /// <summary>Inputs of a target from one source population: so many synapses, their mean weight and mean square.</summary>
    private readonly record struct Pathway(int Source, int Target, double Synapses, double Mean, double Square)
    {
        public static Pathway Of(ProjectionSummary projection, Dictionary<string, int> places, IReadOnlyList<Population> populations)
        {
            var (source, target, weight) = (places[projection.Projection.From.Population], places[projection.Projection.To.Population], projection.Projection.Weight);
            return new(source, target, projection.Synapses / populations[target].Size, weight.Mean, weight.MeanSquare);
        }
    }
}
