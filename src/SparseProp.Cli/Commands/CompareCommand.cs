using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Engine;
using SparseProp.Execution.Points;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Records;

namespace SparseProp.Cli.Commands;

/// <summary>
/// <c>sparseprop compare lif-lookup</c>: the published experiment that runs the leaky network by formula and by lookup table from
/// the same seeds, in the published network and loop.
/// </summary>
internal static class CompareCommand
{
    /// <summary>Both spike trains are kept: 24 bytes for each spike.</summary>
    private const long MostSpikes = 20_000_000;

    private static readonly SimulationParameters Standard = new()
    {
        N = 100_000,
        K = 100,
        Topology = Topology.Published,
        Loop = EventLoop.Heap,
        Stop = RunLength.Spikes(100_000),
    };

    public static Command Create() =>
        new("compare", "Compare two ways of computing the same spikes.") { CreateLifLookup() };

    private static ExampledCommand CreateLifLookup()
    {
        var n = NumberOption.Whole("--n", "Number of neurons.", Standard.N);
        var k = NumberOption.Whole("--k", "Targets of each neuron.", Standard.K);
        var spikes = NumberOption.Whole("--spikes", "Compare this many spikes of the network.", (long)Standard.Stop.Amount);
        var seedIc = NumberOption.Whole("--seed-ic", "Seed of the initial condition.", Standard.SeedIc);
        var seedNet = NumberOption.Whole("--seed-net", "Seed of the network.", Standard.SeedNet);
        var tolerance = NumberOption.Real("--tolerance", "Largest error of a spike time in seconds that is accepted.", 5e-13);
        var figure = new Option<string?>("--figure") { Description = "Draw errors and index differences to FILE.png or FILE.svg." };
        var force = CommonOptions.Force();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "lif-lookup",
            "Leaky integrate-and-fire by lookup table against the formula. Exit code 6 if an index differs or a time is off by more "
            + "than the tolerance.",
            "sparseprop compare lif-lookup",
            "sparseprop compare lif-lookup --n 10000 --spikes 1e6 --figure lookup.svg")
        {
            n, k, spikes, seedIc, seedNet, tolerance, figure, force, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            SimulateOptions.Checked(Standard with
            {
                N = Within(parsed.GetValue(n), int.MaxValue, n.Name),
                K = Within(parsed.GetValue(k), int.MaxValue, k.Name),
                Stop = RunLength.Spikes(Within(parsed.GetValue(spikes), MostSpikes, spikes.Name)),
                SeedIc = parsed.GetValue(seedIc),
                SeedNet = parsed.GetValue(seedNet),
            }),
            parsed.GetValue(tolerance),
            parsed.GetValue(figure),
            parsed.GetValue(force),
            parsed.GetValue(json),
            cancellation)));
        return command;
    }

    private static int Within(long value, long largest, string name) => value >= 1 && value <= largest
        ? (int)value
        : throw new UserError(ExitCode.Invalid, $"{name} {value} is not within 1 and {largest}");

    private static int Run(
        SimulationParameters formula, double tolerance, string? figurePath, bool force, bool json, CancellationToken cancellation)
    {
        try
        {
            _ = figurePath is null ? null : ComparisonFigure.ForFile(figurePath);
            using var figure = figurePath is null ? null : OutputFile.Open(figurePath, force);
            var (expected, formulaCost) = Simulate(formula, cancellation);
            var (found, lookupCost) = Simulate(formula with { Model = NeuronModel.LifLookup }, cancellation);
            var comparison = new SpikeComparison(expected, found);
            var isWithin = comparison.IndexDifferences == 0 && comparison.MaxErrorSeconds <= tolerance;
            var facts = Report(formula, comparison);
            facts["formula_cpu_s"] = formulaCost.CpuSeconds;
            facts["lookup_cpu_s"] = lookupCost.CpuSeconds;
            facts["tolerance_s"] = tolerance;
            facts["within_tolerance"] = isWithin;
            Console.Out.WriteLine(Facts.Print(facts, json));
            var written = OutputFile.CompleteAll((
                figure, draft => ComparisonFigure.ForFile(draft).Save(comparison, Caption(formula, comparison), tolerance)));
            return isWithin ? written : ExitCode.BeyondTolerance;
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InsufficientMemoryException)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }
    }

    private static (SpikeTrain Spikes, PointCost Cost) Simulate(SimulationParameters parameters, CancellationToken cancellation)
    {
        var spikes = new SpikeTrain();
        var (_, cost) = new PointRunner(busySlots: () => 1).Run(parameters, memoryBytes: null, ref spikes, cancellation);
        return (spikes, cost);
    }

    private static JsonObject Report(SimulationParameters p, SpikeComparison comparison) => new()
    {
        ["n"] = p.N,
        ["k"] = p.K,
        ["seed_ic"] = p.SeedIc,
        ["seed_net"] = p.SeedNet,
        ["topology"] = EngineNames.Of(p.Topology),
        ["engine"] = EngineNames.Of(p.Loop),
        ["spikes"] = comparison.Spikes,
        ["max_error_s"] = comparison.MaxErrorSeconds,
        ["time_differences"] = comparison.TimeDifferences,
        ["first_time_difference"] = comparison.FirstTimeDifference,
        ["index_differences"] = comparison.IndexDifferences,
        ["first_index_difference"] = comparison.FirstIndexDifference,
    };

    private static string Caption(SimulationParameters p, SpikeComparison comparison) => string.Create(
        CultureInfo.InvariantCulture,
        $"lif by lookup table against formula, n = {p.N}, k = {p.K}: largest error {comparison.MaxErrorSeconds:0.0e+0} s, ")
        + (comparison.IndexDifferences == 0 ? "no index differs" : $"{comparison.IndexDifferences} indices differ");
}
