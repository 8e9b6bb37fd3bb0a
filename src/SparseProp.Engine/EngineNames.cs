namespace SparseProp.Engine;

/// <summary>The words by which users name models, topologies and event loops, on the command line and in sweep files.</summary>
public static class EngineNames
{
    /// <summary>Names of <see cref="NeuronModel"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Models { get; } =
        ["lif", "qif", "qif-time", "qif-inhomogeneous", "eif", "eif-chebyshev", "lif-lookup"];

    /// <summary>Names of <see cref="Topology"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Topologies { get; } = ["independent", "published"];

    /// <summary>Names of <see cref="EventLoop"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> EventLoops { get; } = ["window", "heap"];

    /// <summary>Names of <see cref="TrainingTask"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> TrainingTasks { get; } = ["pattern", "teacher", "classification"];

    /// <summary>Names of the single <see cref="TrainedParameters"/>, from the lowest bit on.</summary>
    public static IReadOnlyList<string> Trainables { get; } = ["weights", "inputs", "drive", "phases"];

    /// <summary>Names of <see cref="RunUnit"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> RunUnits { get; } = ["spikes", "spikes_per_neuron", "seconds"];

    /// <summary>Names of <see cref="StatisticKinds"/>: the rate, which always is, then the flags from the lowest bit on.</summary>
    public static IReadOnlyList<string> Statistics { get; } = ["rate", "cv", "rates", "irregularity", "population", "chi"];

    public static string Of(RunUnit unit) => RunUnits[(int)unit];

    public static string Of(NeuronModel model) => Models[(int)model];

    public static string Of(Topology topology) => Topologies[(int)topology];

    public static string Of(EventLoop loop) => EventLoops[(int)loop];

    public static string Of(TrainingTask task) => TrainingTasks[(int)task];

    /// <summary>The names of all that are trained, with commas between.</summary>
    public static string Of(TrainedParameters trained) =>
        string.Join(',', Trainables.Where((_, bit) => ((int)trained >> bit & 1) != 0));

    public static bool TryParse(string name, out TrainingTask task) => TryFind(TrainingTasks, name, out task);

    /// <summary>Reads names with commas between.</summary>
    public static bool TryParse(string names, out TrainedParameters trained)
    {
        trained = TrainedParameters.None;
        foreach (var name in names.Split(','))
        {
            var bit = Trainables.ToList().IndexOf(name);
            if (bit < 0)
            {
                return false;
            }

            trained |= (TrainedParameters)(1 << bit);
        }

        return true;
    }

    public static bool TryParse(string name, out NeuronModel model) => TryFind(Models, name, out model);

    public static bool TryParse(string name, out Topology topology) => TryFind(Topologies, name, out topology);

    public static bool TryParse(string name, out EventLoop loop) => TryFind(EventLoops, name, out loop);

    private static bool TryFind<T>(IReadOnlyList<string> names, string name, out T value)
        where T : struct, Enum
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                value = (T)(object)i;
                return true;
            }
        }

        value = default;
        return false;
    }
}
