using SparseProp.Engine.Networks.Description;
using GivenSpikes = SparseProp.Engine.Networks.Description.SpikeList;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>What a drawn network may have.</summary>
internal sealed record NetworkFeatures
{
    public IReadOnlyList<PopulationModel> Models { get; init; } = [PopulationModel.Lif];

    public bool HasDelays { get; init; } = true;

    public bool HasOwnDelays { get; init; }

    public bool HasOwnWeights { get; init; }

    public bool HasRefractory { get; init; } = true;

    /// <summary>Whether neurons spike without input.</summary>
    public bool HasDrive { get; init; }

    public bool HasSources { get; init; }

    public bool HasVaryingInput { get; init; }

    public bool HasParts { get; init; }
}

/// <summary>Small networks of all kinds, each a function of a number.</summary>
internal static class RandomNetwork
{
    public static SimulationParameters Of(int seed, NetworkFeatures features, double seconds)
    {
        var random = new Generator(seed);
        var populations = Enumerable.Range(0, random.Whole(1, 3)).Select(i => Neurons($"p{i}", features, random)).ToList();
        var targets = populations.ToList();
        if (features.HasSources)
        {
            populations.Insert(random.Whole(0, populations.Count), Source(random, seconds));
        }

        var delays = Enumerable.Range(0, random.Whole(1, 3)).Select(_ => random.Whole(1, 40) * 1e-4).ToList();
        var projections = new List<Projection>();
        foreach (var source in populations)
        {
            foreach (var target in targets.Where(_ => random.Is(0.8)))
            {
                projections.Add(Projection($"{source.Name}-{target.Name}", source, target, delays, features, random));
            }
        }

        var inputs = targets.SelectMany(target => Inputs(target, features, random, seconds)).ToList();
        var network = new NetworkDescription
        {
            Populations = populations,
            Projections = projections,
            Inputs = inputs,
            Initial = [.. targets.Select(target => new InitialValue(new(target.Name), Initial(target)))],
            Silenced = features.HasParts && random.Is(0.3) ? [new(populations[0].Name) { Fraction = 0.3 }] : [],
        };
        return SimulationParameters.Of(network, RunLength.Seconds(seconds)) with
        {
            SeedIc = random.Whole(1, 1000),
            SeedNet = random.Whole(1, 1000),
            SeedInput = random.Whole(1, 1000),
        };
    }

    private static Population Neurons(string name, NetworkFeatures features, Generator random)
    {
        var model = features.Models[random.Whole(0, features.Models.Count - 1)];

        // Excitation that comes back after a delay would bring ever more spikes, were there no end to how many a neuron may have.
        var shortest = features.HasDelays || features.HasOwnDelays ? 1e-4 : 0;
        var refractory = features.HasRefractory && random.Is(0.8) ? random.Whole(1, 30) * 1e-4 : shortest;
        var population = new Population
        {
            Name = name,
            Model = model,
            Size = random.Whole(2, 12),
            Tau = Quantity.Of(random.Whole(5, 20) * 1e-3),
            Refractory = Quantity.Of(refractory),
        };
        var drives = features.HasDrive && random.Is(0.7);
        population = model switch
        {
            PopulationModel.Qif => population with
            {
                Drive = Quantity.Of(drives ? 0.3 : random.Is(0.3) ? 0 : -0.5),
                Threshold = Quantity.Of(random.Is(0.5) ? double.PositiveInfinity : 12),
                Reset = Quantity.Of(random.Is(0.5) ? double.NegativeInfinity : -7),
            },
            PopulationModel.Eif => population with
            {
                DeltaV = 1.5,
                Onset = 12,
                Drive = Quantity.Of(drives ? 14 : 5),
                Reset = Quantity.Of(3),
                Threshold = Quantity.Of(random.Is(0.5) ? double.PositiveInfinity : 25),
            },
            _ => population with
            {
                Threshold = Quantity.Of(20),
                Reset = Quantity.Of(10),
                Rest = Quantity.Of(1),
                Drive = Quantity.Of(drives ? 24 : random.Whole(-3, 15)),
            },
        };
        if (features.HasParts)
        {
            population = population with
            {
                Tau = random.Is(0.5) ? population.Tau : new(QuantityKind.Uniform, 8e-3, 16e-3),
                Refractory = refractory == 0 || random.Is(0.5) ? population.Refractory : new(QuantityKind.Uniform, 0.5e-3, 3e-3),
                Drive = random.Is(0.5) ? population.Drive : new(QuantityKind.Normal, population.Drive.First, 0.1 * Math.Abs(population.Drive.First)),
                Overrides = random.Is(0.5) ? [] : [new(new(name) { Neurons = [0] }, "refractory", Quantity.Of(4e-3))],
            };
        }

        return population;
    }

    private static Population Source(Generator random, double seconds)
    {
        var source = new Population { Name = "source", Model = PopulationModel.Poisson, Size = random.Whole(1, 5), Rate = TimeCourse.Constant(200) };
        return random.Is(0.5) ? source : source with { Model = PopulationModel.Spikes, Spikes = Spikes(source.Size, random, seconds) };
    }

    private static GivenSpikes Spikes(int size, Generator random, double seconds)
    {
        // On a grid, so that some are at one instant.
        var times = Enumerable.Range(0, 40).Select(_ => random.Whole(0, 200) * seconds / 200).Order().ToArray();
        return new("spikes", [.. times.Select(_ => random.Whole(0, size - 1))], times);
    }

    private static Projection Projection(
        string name, Population from, Population to, List<double> delays, NetworkFeatures features, Generator random)
    {
        var others = from.Size - (from.Name == to.Name ? 1 : 0);
        var (rule, amount) = random.Whole(0, 5) switch
        {
            0 => (ConnectionRule.InDegree, Math.Min(others, random.Whole(1, 4))),
            1 => (ConnectionRule.OutDegree, Math.Min(to.Size - 1, random.Whole(1, 4))),
            2 => (ConnectionRule.Synapses, random.Whole(0, (from.Size * to.Size) - Math.Min(from.Size, to.Size))),
            3 => (ConnectionRule.AllToAll, 0.0),
            _ => (ConnectionRule.Probability, 0.4),
        };
        var scale = Scale(to) * (random.Is(0.5) ? 1 : -1);
        var delay = features.HasDelays ? delays[random.Whole(0, delays.Count - 1)] : 0;
        return new Projection
        {
            Name = name,
            From = new(from.Name),
            To = features.HasParts && random.Is(0.3) ? new(to.Name) { Fraction = 0.5 } : new(to.Name),
            Rule = features.HasParts && rule is not ConnectionRule.Probability ? ConnectionRule.AllToAll : rule,
            Amount = amount,
            Weight = features.HasOwnWeights && random.Is(0.7) ? new(QuantityKind.Normal, scale, 0.7 * Math.Abs(scale)) : Quantity.Of(scale),
            Delay = features.HasOwnDelays && random.Is(0.7) ? new(QuantityKind.Lognormal, 2e-3, 1e-3) { Min = 1e-4, Max = 1e-2 } : Quantity.Of(delay),
        };
    }

    private static IEnumerable<ExternalInput> Inputs(Population to, NetworkFeatures features, Generator random, double seconds)
    {
        var weight = Quantity.Of(0.5 * Scale(to));
        yield return new ExternalInput
        {
            Name = $"{to.Name}-noise",
            To = new(to.Name),
            Kind = InputKind.Poisson,
            Course = TimeCourse.Constant(random.Whole(500, 4000)),
            Weight = weight,
        };
        if (!features.HasVaryingInput)
        {
            yield break;
        }

        yield return new ExternalInput
        {
            Name = $"{to.Name}-shared",
            To = new(to.Name),
            Kind = InputKind.Poisson,
            Shared = true,
            Sources = 3,
            Weight = Quantity.Of(-0.4 * Scale(to)),
            Course = new TimeCourse { Sine = new Sine(100, 90, 30, 0.3) },
        };
        yield return new ExternalInput
        {
            Name = $"{to.Name}-given",
            To = new(to.Name),
            Kind = InputKind.Spikes,
            Weight = weight,
            Spikes = Spikes(to.Size, random, seconds),
        };
        yield return new ExternalInput
        {
            Name = $"{to.Name}-current",
            To = new(to.Name) { Fraction = 0.5 },
            Kind = InputKind.Current,
            Course = new TimeCourse { Times = [0, 0.3 * seconds, 0.6 * seconds], Values = [0, Scale(to), -Scale(to)] },
        };
        yield return new ExternalInput
        {
            Name = $"{to.Name}-steps",
            To = new(to.Name),
            Kind = InputKind.Poisson,
            Weight = weight,
            Course = new TimeCourse { Times = [0.2 * seconds, 0.5 * seconds], Values = [1500, 100] },
        };
    }

    private static Quantity Initial(Population population) => population.Model switch
    {
        PopulationModel.Qif => new(QuantityKind.Uniform, -2, 0.4),
        PopulationModel.Eif => new(QuantityKind.Uniform, 0, 11),
        _ => new(QuantityKind.Uniform, 0, 20),
    };

    private static double Scale(Population to) => to.Model == PopulationModel.Qif ? 0.4 : 2;

    private sealed class Generator(int seed)
    {
        private readonly System.Random _random = new(seed);

        public int Whole(int least, int most) => _random.Next(least, Math.Max(least, most) + 1);

        public bool Is(double probability) => _random.NextDouble() < probability;
    }
}
