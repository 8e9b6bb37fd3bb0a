using System.Diagnostics;

namespace SparseProp.Benchmarks.Statistics;

/// <summary>
/// <c>statistics [PART …]</c>: tries the statistical methods on simulated replicates with fixed seeds, and says where one is worse than
/// its bound. Exit code 1 where one is.
/// </summary>
internal static class StatisticsChecks
{
    private static readonly Dictionary<string, Func<int, IEnumerable<Bound>>> Parts = new()
    {
        ["until"] = UntilScenarios.Run,
        ["expect"] = ExpectScenarios.Run,
        ["compare"] = CompareScenarios.Run,
        ["costs"] = CostScenarios.Run,
    };

    // What the present methods replaced: tried only where they are named, for they miss their bounds.
    private static readonly Dictionary<string, Func<int, IEnumerable<Bound>>> Replaced = new()
    {
        ["until-by-sem"] = UntilScenarios.RunBySem,
        ["expect-by-mean"] = ExpectScenarios.RunByMean,
    };

    public static int Run(string[] names)
    {
        if (names.FirstOrDefault(name => !Parts.ContainsKey(name) && !Replaced.ContainsKey(name)) is { } unknown)
        {
            Console.Error.WriteLine($"'{unknown}' is none of {string.Join(", ", Parts.Keys.Concat(Replaced.Keys))}");
            return 2;
        }

        var watch = Stopwatch.StartNew();
        Console.WriteLine("| part | scenario | % | bound |\n|---|---|---|---|");
        var missed = 0;
        foreach (var bound in (names.Length == 0 ? Parts : Parts.Concat(Replaced).Where(part => names.Contains(part.Key))).SelectMany(part => part.Value(1)))
        {
            Console.WriteLine(bound);
            missed += bound.IsMet ? 0 : 1;
        }

        Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s; {(missed == 0 ? "all bounds are met" : $"{missed} bounds are missed")}");
        return missed == 0 ? 0 : 1;
    }
}
