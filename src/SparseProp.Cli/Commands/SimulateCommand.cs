using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cluster.Workers;
using SparseProp.Engine;
using SparseProp.Results.Spikes;

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
        var json = CommonOptions.Json();
        var command = new Command("simulate", "Simulate one network on one core and print its statistics.");
        foreach (var option in simulate.All.Concat([spikesOut, raster, json]))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            simulate.Read(parsed), parsed.GetValue(spikesOut), parsed.GetValue(raster), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(
        SimulationParameters parameters, string? spikesOut, string? raster, bool json, CancellationToken cancellation)
    {
        try
        {
            using var file = spikesOut is null ? null : SpikeFile.Create(spikesOut);
            var picture = raster is null ? null : SpikeRaster.ForFile(raster);
            var observer = new SpikeTap(file, picture);
            var (result, cost) = new PointRunner(slots: 1, busySlots: () => 1).Run(parameters, ref observer, cancellation);
            file?.Complete();
            picture?.Save(parameters, result);
            Console.Out.WriteLine(
                json ? SimulationReport.Json(parameters, result, cost) : SimulationReport.Text(parameters, result, cost));
            return ExitCode.Ok;
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
}
