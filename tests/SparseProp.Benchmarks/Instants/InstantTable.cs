using System.Globalization;
using SparseProp.Engine;

namespace SparseProp.Benchmarks.Instants;

/// <summary>What simultaneous spikes do by which rule: rates and CVs of leaky networks.</summary>
internal static class InstantTable
{
    private const double Delay = 1e-7;
    private static readonly RunLength BurnIn = RunLength.Seconds(1);
    private static readonly RunLength Measured = RunLength.Seconds(4);

    private static readonly SimulationParameters[] Points =
    [
        Point(2000, 200, 0.2, 2, 1, 2),
        Point(2000, 100, 0.5, 4, 0.2, 5),
        Point(400, 40, 0.2, 4, 1, 1),
        Point(2000, 100, 0.8, 5, 0.2, 5),
        Point(1000, 50, 0.5, 3, 3, 2),
        Point(1000, 100, 0.8, 5, 1, 1),
    ];

    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.Error.WriteLine("instants takes no arguments");
            return 2;
        }

        Console.WriteLine("| n | k | f | g | j0 | rate | in order of numbers | generations (the engine) | from the reset | delay of 1e-7 s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var p in Points)
        {
            string[] cells =
            [
                .. new[] { p.N, p.K, p.ExcitatoryFraction, p.G, p.J0, p.Rate }.Select(value => value.ToString(CultureInfo.InvariantCulture)),
                Text(BruteNetwork.Run(p, InstantRule.InOrderOfNumbers)),
                Text(Engine(p)),
                Text(BruteNetwork.Run(p, InstantRule.FromTheReset)),
                Text(BruteNetwork.Run(p, InstantRule.Delay, Delay)),
            ];
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
        }

        return 0;
    }

    private static SimulationParameters Point(int n, int k, double f, double g, double j0, double rate) => new()
    {
        N = n,
        K = k,
        ExcitatoryFraction = f,
        G = g,
        J0 = j0,
        Rate = rate,
        BurnIn = BurnIn,
        Stop = Measured,
    };

    private static (double Rate, double Cv)? Engine(SimulationParameters p)
    {
        using var simulation = new Simulation(p);
        var result = simulation.Measure();
        return (result.RateHz, result.CvIsi ?? double.NaN);
    }

    private static string Text((double Rate, double Cv)? activity) => activity is var (rate, cv)
        ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.00} Hz, {cv:0.000}")
        : "does not come to an end";
}
