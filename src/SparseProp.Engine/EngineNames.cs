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

    public static string Of(NeuronModel model) => Models[(int)model];

    public static string Of(Topology topology) => Topologies[(int)topology];

    public static string Of(EventLoop loop) => EventLoops[(int)loop];

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
