using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Engine;
using SparseProp.Execution.Points;
using SparseProp.Results.Plots;
using SparseProp.Results.Spikes;
using SparseProp.Sweeps.Checks;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop simulate</c>: one network, on this machine, on one core.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var simulate = new SimulateOptions();
        var spikesOut = new Option<string?>("--spikes-out")
        {
            Description = "Write neuron (from 1) and time in seconds of every measured spike to FILE.csv or FILE.msgpack.",
        };
        var raster = new Option<string?>("--raster")
        {
            Description = $"Draw a spike raster to FILE.png or FILE.svg; at most the first {SpikeRaster.MostSpikes:N0} spikes.",
        };
        var memory = SizeOption.Optional(
            "--memory-budget",
            "The most memory the simulation may use, such as 8GiB, 500MB or 1e9; target lists that do not fit are drawn again at "
            + "every spike, with the same result. Default: all that the process may use, at most half of it for target lists.");
        var force = CommonOptions.Force();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "simulate",
            "Simulate one network on one core and print its statistics.",
            "sparseprop simulate --n 100000 --k 100 --spikes-per-neuron 20 --burn-in-spikes-per-neuron 5",
            "sparseprop simulate --model qif --n 1000 --k 50 --seconds 2 --raster raster.png",
            "sparseprop simulate --n 10000 --k 100 --spikes 1e6 --lyapunov 1 --json",
            "sparseprop simulate --network brunel.network.yaml --set g=5 --set eta=2 --seconds 1 --burn-in-seconds 0.5");
        foreach (var option in simulate.All.Concat([memory, spikesOut, raster, force, json]))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var network = simulate.ReadNetwork(parsed);
            return Task.FromResult(Run(
                simulate.Read(parsed, network),
                network,
                parsed.GetValue(memory),
                parsed.GetValue(spikesOut),
                parsed.GetValue(raster),
                parsed.GetValue(force),
                parsed.GetValue(json),
                cancellation));
        });
        return command;
    }

    private static int Run(
        SimulationParameters parameters,
        NetworkTemplate? network,
        long? memory,
        string? spikesOut,
        string? raster,
        bool force,
        bool json,
        CancellationToken cancellation)
    {
        try
        {
            foreach (var (parameter, doubt) in Plausibility.DoubtsAbout(parameters))
            {
                Console.Error.WriteLine($"sparseprop: warning: {SimulateOptions.OptionFor(parameter, parameters)}: {doubt}");
            }

            // Opened before anything runs, and written when the statistics are out.
            using var spikes = spikesOut is null ? null : Open(spikesOut, force, SpikeFile.RefuseUnknown);
            using var drawing = raster is null ? null : Open(raster, force, FigureFile.RefuseUnknown);
            using var file = spikes is null ? null : SpikeFile.Create(spikes.Draft);
            var picture = drawing is null ? null : SpikeRaster.ForFile(drawing.Draft);
            var observer = new SpikeTap(file, picture);
            var runner = new PointRunner(busySlots: () => 1);
            var (result, cost) = runner.Run(parameters, memory, ref observer, cancellation);
            Console.Out.WriteLine(
                json ? SimulationReport.Json(parameters, network, result, cost) : SimulationReport.Text(parameters, network, result, cost));
            foreach (var note in SimulationReport.Notes(parameters, result))
            {
                Console.Error.WriteLine($"sparseprop: {note}");
            }

            return OutputFile.CompleteAll(
                (spikes, _ => file!.Complete()),
                (drawing, _ => picture!.Save(parameters, result)));
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InsufficientMemoryException or SilentNetworkException or RunawayNetworkException)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }
    }

    private static OutputFile Open(string path, bool force, Action<string> refuseUnknown)
    {
        refuseUnknown(path);
        return OutputFile.Open(path, force);
    }
}
