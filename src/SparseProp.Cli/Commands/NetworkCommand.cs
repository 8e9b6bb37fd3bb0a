using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop network</c>: what files of networks describe.</summary>
internal static class NetworkCommand
{
    public static Command Create() => new("network", "Look at networks that files describe.") { CreateShow() };

    private static ExampledCommand CreateShow()
    {
        var file = new Argument<string>("FILE") { Description = "A file that describes a network, or a sweep file with one in it." };
        var set = NetworkOptions.Set();
        var graph = new Option<string?>("--graph") { Description = "Draw populations and projections to FILE.svg." };
        var force = CommonOptions.Force();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "show",
            "Print a network with its parameters' values: populations, synapses, expected events.",
            "sparseprop network show brunel.network.yaml",
            "sparseprop network show brunel.network.yaml --set g=5 --set eta=2 --json",
            "sparseprop network show brunel.network.yaml --graph brunel.svg")
        {
            file, set, graph, force, json,
        };
        command.SetAction(parsed => Show(
            parsed.GetRequiredValue(file), parsed.GetValue(set)!, parsed.GetValue(graph), parsed.GetValue(force), parsed.GetValue(json)));
        return command;
    }

    private static int Show(string path, string[] set, string? graph, bool force, bool json)
    {
        if (graph is not null && !graph.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new UserError(ExitCode.Invalid, $"--graph {graph}: drawings are written to files that end in .svg");
        }

        var template = NetworkOptions.Load(path);
        using var drawing = graph is null ? null : OutputFile.Open(graph, force);
        var evaluation = NetworkOptions.Evaluate(template, set);
        var summary = new NetworkSummary(evaluation.Description!);
        if (json)
        {
            Console.Out.WriteLine(Facts.Print(NetworkReport.Json(template, evaluation.Values, summary), json: true));
        }
        else
        {
            NetworkReport.Print(template, evaluation.Values, summary);
        }

        return OutputFile.CompleteAll((drawing, draft => File.WriteAllText(draft, NetworkDrawing.Svg(summary))));
    }
}
