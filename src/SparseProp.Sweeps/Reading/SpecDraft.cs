using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Networks;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>What has been read of a file so far; what could not be read is missing.</summary>
internal sealed class SpecDraft
{
    public string? Name { get; set; }

    /// <summary>Whether the file describes a network of its own, readable or not.</summary>
    public bool HasNetwork { get; set; }

    /// <summary>The network; null for the published one, and where it could not be read.</summary>
    public SweepNetwork? Network { get; set; }

    /// <summary>What is doubtful about the network.</summary>
    public List<SweepFileWarning> NetworkWarnings { get; } = [];

    public List<SweepAxis> Grid { get; } = [];

    public List<SweepAxis> Zip { get; } = [];

    public List<SweepAxis> Fixed { get; } = [];

    /// <summary>Where each section of the file begins.</summary>
    public Dictionary<string, Position> Sections { get; } = [];

    /// <summary>Whether the points are training runs.</summary>
    public bool IsTraining { get; set; }

    /// <summary>What is trained; null where the file does not say.</summary>
    public TrainedParameters? Trained { get; set; }

    /// <summary>What all points have of training beside its parameters; null where they are simulations.</summary>
    public TrainingParameters? Training => !IsTraining
        ? null
        : Trained is { } trained ? new TrainingParameters { Trained = trained } : new TrainingParameters();

    /// <summary>Every parameter that the file gives, readable or not, and where.</summary>
    public Dictionary<string, Position> Given { get; } = [];

    public (RunLength Length, Position At)? Stop { get; set; }

    public (RunLength Length, Position At)? BurnIn { get; set; }

    public Topology Topology { get; set; } = Topology.Independent;

    public EventLoop Loop { get; set; } = EventLoop.Window;

    public StatisticKinds Record { get; set; } = StatisticKinds.Cv;

    /// <summary>Asked for by <c>record: [stability]</c>.</summary>
    public int RecordedExponents { get; set; }

    public (int Exponents, Position At)? Lyapunov { get; set; }

    public List<(Expectation Expectation, Position At)> Expectations { get; } = [];

    public UntilDraft? Until { get; set; }

    /// <summary>Replicates that are run in any case where there is an <see cref="Until"/>.</summary>
    public int FirstReplicates { get; set; }

    public double Verify { get; set; }

    public int Priority { get; set; }

    public int LyapunovExponents => Math.Max(RecordedExponents, Lyapunov?.Exponents ?? 0);

    public IEnumerable<SweepAxis> All => Fixed.Concat(Grid).Concat(Zip);

    /// <summary>The parameter of that name, among those that the sweep's network reads.</summary>
    public Parameter? FindParameter(string name) => !HasNetwork
        ? AxisParameters.Find(name)
        : Network?.Find(name) ?? AxisParameters.OfNetworks.FirstOrDefault(seed => seed.Name == name);

    public SweepAxis? Find(string name) => All.FirstOrDefault(axis => axis.Name == name);

    /// <summary>The models of the sweep, each once; empty where they could not be read.</summary>
    public IReadOnlyList<NeuronModel> Models()
    {
        var axis = Find("model");
        return axis is null
            ? []
            : [.. Enumerable.Range(0, (int)axis.Count).Select(i => (NeuronModel)axis.Values[i].Whole).Distinct()];
    }
}
