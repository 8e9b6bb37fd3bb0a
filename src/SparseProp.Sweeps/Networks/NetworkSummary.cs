using SparseProp.Engine.Networks.Description;

namespace SparseProp.Sweeps.Networks;

/// <summary>What a network is made of, in numbers that are known without simulating it.</summary>
public sealed class NetworkSummary
{
    private const int BytesOfTarget = 4;
    private const int BytesOfOwnValue = 4;

    // Of inputs that vary, the mean over the first second is told.
    private const double Second = 1;

    private readonly Dictionary<string, Population> _populations;

    public NetworkSummary(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        _populations = network.Populations.ToDictionary(population => population.Name);
        Projections = [.. network.Projections.Select(Of)];
        Inputs = [.. network.Inputs.Select(Of)];
    }

    public NetworkDescription Network { get; }

    public IReadOnlyList<ProjectionSummary> Projections { get; }

    public IReadOnlyList<InputSummary> Inputs { get; }

    /// <summary>Synapses of all projections, expected where they are drawn.</summary>
    public double Synapses => Projections.Sum(projection => projection.Synapses);

    /// <summary>Bytes of all synapses, about, where they are kept.</summary>
    public double Bytes => Projections.Sum(projection => projection.Bytes);

    /// <summary>Events per simulated second that inputs and sources bring.</summary>
    public double ExternalEventsPerSecond =>
        Inputs.Sum(input => input.EventsPerSecond)
        + Projections.Sum(projection => projection.Synapses / SizeOf(projection.Projection.From) * RateOfSource(projection.Projection.From));

    /// <summary>Recurrent events per simulated second for every Hz of the population's mean rate.</summary>
    public double EventsPerSecondAndHz(Population population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return population.IsSource ? 0 : Projections.Where(projection => projection.Projection.From.Population == population.Name).Sum(projection => projection.Synapses);
    }

    /// <summary>How many neurons a part of the network has.</summary>
    public double SizeOf(Selection part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var size = _populations[part.Population].Size;
        return part.Neurons?.Count ?? (part.Fraction is { } fraction ? Math.Round(fraction * size, MidpointRounding.AwayFromZero) : size);
    }

    private ProjectionSummary Of(Projection projection)
    {
        var (sources, targets) = (SizeOf(projection.From), SizeOf(projection.To));
        var meets = projection.From.Population == projection.To.Population && !projection.Autapses;
        var pairs = (sources * targets) - (meets ? Math.Min(sources, targets) : 0);
        var synapses = projection.Rule switch
        {
            ConnectionRule.InDegree => projection.Amount * targets,
            ConnectionRule.OutDegree => projection.Amount * sources,
            ConnectionRule.Probability => projection.Amount * pairs,
            ConnectionRule.Synapses => projection.Amount,
            ConnectionRule.OneToOne => sources,
            ConnectionRule.AllToAll => pairs,
            _ => projection.Edges?.Sources.Count ?? 0,
        };
        var isExact = projection.Rule != ConnectionRule.Probability && (projection.From.IsAll || projection.Rule is not ConnectionRule.AllToAll);
        var bytes = BytesOfTarget + (projection.Weight.IsConstant ? 0 : BytesOfOwnValue) + (projection.Delay.IsConstant ? 0 : BytesOfOwnValue);
        return new ProjectionSummary(projection, synapses, isExact, synapses * bytes);
    }

    private InputSummary Of(ExternalInput input) => new(input, input.Kind switch
    {
        InputKind.Poisson => MeanOf(input.Course) * input.Sources * SizeOf(input.To),
        InputKind.Spikes => input.Spikes!.Seconds.Count(time => time < Second),
        _ => 0,
    });

    /// <summary>Mean rate of a source in Hz; of neurons, 0.</summary>
    internal double RateOf(Population source) => RateOfSource(new Selection(source.Name)) / source.Size;

    private double RateOfSource(Selection from)
    {
        var population = _populations[from.Population];
        return population.Model switch
        {
            PopulationModel.Poisson => MeanOf(population.Rate) * SizeOf(from),
            PopulationModel.Spikes => population.Spikes!.Seconds.Count(time => time < Second),
            _ => 0,
        };
    }

    internal static double MeanOf(TimeCourse course)
    {
        if (course.Sine is { } sine)
        {
            var turn = 2 * Math.PI * sine.Frequency * Second;
            return sine.Mean + (turn == 0
                ? sine.Amplitude * Math.Sin(sine.Phase)
                : sine.Amplitude * (Math.Cos(sine.Phase) - Math.Cos(turn + sine.Phase)) / turn);
        }

        var mean = 0.0;
        for (var i = 0; i < course.Times.Count; i++)
        {
            var (begin, end) = (Math.Min(course.Times[i], Second), i + 1 < course.Times.Count ? Math.Min(course.Times[i + 1], Second) : Second);
            mean += course.Values[i] * (end - begin);
        }

        return mean;
    }
}

/// <summary>A projection in numbers.</summary>
/// <param name="Projection">The projection.</param>
/// <param name="Synapses">How many synapses it has, or is expected to have.</param>
/// <param name="IsExact">Whether the number is exact.</param>
/// <param name="Bytes">Bytes of its synapses, about.</param>
public sealed record ProjectionSummary(Projection Projection, double Synapses, bool IsExact, double Bytes);

/// <summary>An input in numbers.</summary>
/// <param name="Input">The input.</param>
/// <param name="EventsPerSecond">Its events per second at all neurons that it goes to.</param>
public sealed record InputSummary(ExternalInput Input, double EventsPerSecond);
