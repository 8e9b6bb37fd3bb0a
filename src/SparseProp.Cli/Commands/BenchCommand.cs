using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SparseProp.Cli.Display;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Execution.Benchmarks;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop bench</c>: how fast the engine is on this machine, as ratios measured side by side.</summary>
internal static class BenchCommand
{
    private const int GradientSpikes = 100_000;

    private static readonly int[] StandardSizes = [10_000, 100_000, 1_000_000];

    private enum Subject
    {
        Engine,
        Statistics,
        Training,
    }

    public static Command Create()
    {
        var sizes = new Option<int[]>("--n")
        {
            Description = $"Numbers of neurons, separated by commas. [default: {string.Join(',', StandardSizes)}]",
            CustomParser = ParseSizes,
            HelpName = "N,...",
        };
        var k = NumberOption.Whole("--k", "Targets of each neuron.", 100);
        var model = ParameterOption.Of(SimulationParameter.Model);
        var rounds = NumberOption.Whole("--rounds", "How often heap loop, window loop and memory floor take turns.", 9);
        var seconds = NumberOption.Real("--seconds", "CPU seconds of each turn.", 0.25);
        var statistics = new Option<bool>("--statistics")
        {
            Description = "Measure what each kind of statistics costs instead, against a copy of the network that gathers nothing.",
        };
        var training = new Option<bool>("--training")
        {
            Description = "Measure what the exact gradient of 100 000 spikes costs instead, against the run itself; lif, qif and eif.",
        };
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "bench",
            "Measure the engine against the published heap loop and the memory floor.",
            "sparseprop bench --n 1e4,1e5",
            "sparseprop bench --model qif --k 100 --json",
            "sparseprop bench --n 1e5 --statistics",
            "sparseprop bench --n 1e3,1e6 --training")
        {
            sizes, k, model, rounds, seconds, statistics, training, json,
        };
        command.Demand(result =>
        {
            if (result.GetValue(statistics) && result.GetValue(training))
            {
                result.AddError($"{statistics.Name} and {training.Name} measure different things; choose one");
            }

            if ((result.GetResult(rounds) is { Implicit: false } && result.GetValue(rounds) < 1)
                || (result.GetResult(seconds) is { Implicit: false } && result.GetValue(seconds) <= 0))
            {
                result.AddError($"{rounds.Name} is at least 1, and {seconds.Name} above 0");
            }

            if (result.GetValue(training) && ModelIn(result.GetValue(model)) is not (NeuronModel.Lif or NeuronModel.Qif or NeuronModel.Eif))
            {
                result.AddError($"{training.Name} goes with {model.Name} lif, qif or eif");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(sizes) is { Length: > 0 } given ? given : StandardSizes,
            new SimulationParameters
            {
                Model = ModelIn(parsed.GetValue(model)),
                N = 2,
                K = (int)Math.Clamp(parsed.GetValue(k), 0, int.MaxValue),
                Stop = RunLength.Spikes(1),
            },
            (int)Math.Clamp(parsed.GetValue(rounds), 3, 1000),
            Math.Clamp(parsed.GetValue(seconds), 0.001, 3600),
            parsed.GetValue(statistics) ? Subject.Statistics : parsed.GetValue(training) ? Subject.Training : Subject.Engine,
            parsed.GetValue(json),
            cancellation)));
        return command;
    }

    private static int Run(
        int[] sizes, SimulationParameters network, int rounds, double seconds, Subject subject, bool json, CancellationToken cancellation)
    {
        if (subject == Subject.Training)
        {
            var bench = new TrainingBench(rounds, GradientSpikes);
            Print(
                MeasureEach(sizes, network, sized => bench.Measure(sized, cancellation)),
                json ? TrainingBenchTable.Json : null,
                TrainingBenchTable.Print);
        }
        else if (subject == Subject.Statistics)
        {
            var bench = new StatisticsBench(rounds, seconds);
            var costs = MeasureEach(sizes, network, sized => bench.Measure(sized, cancellation)).SelectMany(of => of).ToList();
            Print(costs, json ? StatisticsBenchTable.Json : null, StatisticsBenchTable.Print);
        }
        else
        {
            var bench = new EngineBench(rounds, seconds);
            Print(MeasureEach(sizes, network, sized => bench.Measure(sized, cancellation)), json ? BenchTable.Json : null, BenchTable.Print);
        }

        return ExitCode.Ok;
    }

    private static void Print<T>(IReadOnlyList<T> results, Func<IReadOnlyList<T>, string>? json, Action<IReadOnlyList<T>> print)
    {
        if (json is null)
        {
            print(results);
        }
        else
        {
            Console.Out.WriteLine(json(results));
        }
    }

    private static List<T> MeasureEach<T>(int[] sizes, SimulationParameters network, Func<SimulationParameters, T> measure)
    {
        List<T> results = [];
        foreach (var n in sizes)
        {
            var sized = network with { N = n };
            if (ParameterRules.Check(sized) is { Count: > 0 } errors)
            {
                throw new UserError(ExitCode.Invalid, string.Join("; ", errors.Select(error => error.Message)));
            }

            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bench: n = {n}, k = {sized.K}"));
            try
            {
                results.Add(measure(sized));
            }
            catch (InsufficientMemoryException error)
            {
                throw new UserError(ExitCode.Failed, error.Message);
            }
        }

        return results;
    }

    private static NeuronModel ModelIn(ParameterValue? given) => (NeuronModel)(given ?? SimulationParameter.Model.Default).Whole;

    private static int[] ParseSizes(ArgumentResult result)
    {
        var texts = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)).ToList();
        var sizes = new List<int>();
        foreach (var text in texts)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size)
                || size is < 2 or > int.MaxValue || size != Math.Truncate(size))
            {
                result.AddError($"--n takes whole numbers such as 1e4,1e5, not '{text}'");
                return [];
            }

            sizes.Add((int)size);
        }

        return [.. sizes];
    }
}
