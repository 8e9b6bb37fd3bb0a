using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Workers;
using SparseProp.Execution;
using SparseProp.Execution.Checks;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Store;
using SparseProp.Service.Api;
using SparseProp.Service.Hosting;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop run</c>: a whole sweep on a cluster inside this process.</summary>
internal static class RunCommand
{
    // A folder of this name in the working directory, with one folder for each sweep.
    private const string StandardOut = "results";

    private sealed record Options(
        string File,
        string? Out,
        int Slots,
        bool RetryFailed,
        bool FailFast,
        TimeSpan? CheckpointInterval,
        bool Json,
        string? Shape,
        string? JUnit,
        bool Strict,
        Shard? Shard);

    // For engines to end and the store to be synced, which takes milliseconds unless the machine is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var file = new Argument<string>("SWEEP.yaml") { Description = "The sweep file." };
        var folder = FolderOption.Optional(
            "--out", $"Folder of the result store. [default: {StandardOut}/NAME, NAME being the sweep's; of a shard {StandardOut}/NAME-shard-i-of-n]");
        var workers = new Option<int>("--workers")
        {
            Description = "Engines that run at once: a number, or auto for one on each processor.",
            HelpName = "auto|N",
            CustomParser = ParseWorkers,
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var retryFailed = new Option<bool>("--retry-failed") { Description = "Run points again that are recorded as failed." };
        var failFast = new Option<bool>("--fail-fast") { Description = "Stop at the first point that is recorded as failed." };
        var checkpointInterval = DurationOption.Optional(
            "--checkpoint-interval", "How long a point runs between two checkpoints, from which it goes on after a crash. [default: 30s]");
        var shape = new Option<string?>("--simulate-cluster")
        {
            Description = "Run nothing, but predict how long the whole sweep would take on so many workers of so many slots, such as 64x8, "
                + "or 64x8:16GiB where each worker has so much memory. How many replicates `until` asks for is estimated from what is in --out.",
            HelpName = "WORKERSxSLOTS",
        };
        var junit = new Option<string?>("--junit")
        {
            Description = "Write the outcome to FILE in JUnit's format, for a CI job.",
            HelpName = "FILE",
        };
        var strict = CommonOptions.Strict();
        var shard = new Option<Shard?>("--shard")
        {
            Description = "Run only the i-th of n parts of the sweep, 1/n to n/n, which take about the same time. "
                + "'sparseprop results merge' joins their stores.",
            HelpName = "i/n",
            CustomParser = ParseShard,
        };
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "run",
            "Run a sweep to its end on this machine; goes on where an earlier run stopped.",
            "sparseprop run scaling.yaml",
            "sparseprop run scaling.yaml --out /data/scaling --workers 1 --junit scaling.xml",
            "sparseprop run scaling.yaml --shard 3/8",
            "sparseprop run scaling.yaml --simulate-cluster 64x8")
        {
            file, folder, workers, shard, retryFailed, failFast, checkpointInterval, shape, junit, strict, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Options(
                parsed.GetRequiredValue(file),
                parsed.GetValue(folder),
                parsed.GetValue(workers),
                parsed.GetValue(retryFailed),
                parsed.GetValue(failFast),
                parsed.GetValue(checkpointInterval),
                parsed.GetValue(json),
                parsed.GetValue(shape),
                parsed.GetValue(junit),
                parsed.GetValue(strict),
                parsed.GetValue(shard)),
            Invocation.Of(parsed),
            cancellation));
        return command;
    }

    private static int ParseWorkers(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text == "auto")
        {
            return Environment.ProcessorCount;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && slots is > 0 and <= 1024)
        {
            return slots;
        }

        result.AddError($"--workers takes auto or a number from 1 to 1024, not '{text}'");
        return 0;
    }

    private static Shard? ParseShard(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Shard.TryParse(text, out var shard))
        {
            return shard;
        }

        result.AddError($"--shard takes i/n with i from 1 to n and n at most {Shard.MostParts}, such as 1/8 to 8/8, not '{text}'");
        return null;
    }

    private static async Task<int> RunAsync(Options options, Invocation invocation, CancellationToken cancellation)
    {
        var spec = Load(options.File);
        foreach (var warning in spec.Warnings)
        {
            await Console.Error.WriteLineAsync(warning.ToString());
        }

        var plan = new SweepPlan(spec);
        if (PlanSize.Refusal(plan.Count) is { } tooLarge)
        {
            throw new UserError(ExitCode.Invalid, $"{options.File}: {tooLarge}");
        }

        if (options.Shape is { } shape)
        {
            if (options.Shard is not null)
            {
                throw new UserError(ExitCode.Invalid, "--simulate-cluster predicts the whole sweep: leave out --shard");
            }

            return RunPrediction.Print(plan, shape, options.Out ?? Path.Combine(StandardOut, spec.Name), options.Json);
        }

        invocation.Interruption.Message = $"interrupted; what was recorded stays. Go on with: {ShellCommand.Of(invocation.Arguments)}";
        if (options.Out is { } given)
        {
            RefuseNoFolder(given);
        }

        var points = PointsOf(plan, options.Shard);
        var folder = options.Out ?? Path.Combine(
            StandardOut, options.Shard is { } part ? $"{spec.Name}-shard-{part.Number}-of-{part.Parts}" : spec.Name);
        return await JUnitReport.AlwaysAsync(options.JUnit, spec.Name, invocation.Interruption, async open =>
        {
            long divergent;
            using (var store = ResultStore.Open(folder, StoredSpec.IdentityOf(plan, Provenance.OfThisRun())))
            {
                // After the store, for it may be in its folder.
                open();
                await RunAsync(options, spec, plan, points, store, folder, invocation, cancellation);
                divergent = store.DivergentCount;
            }

            return junit => Print(options, plan, points?.Count ?? plan.Count, folder, divergent, junit);
        });
    }

    /// <summary>Runs what a store lacks.</summary>
    private static async Task RunAsync(
        Options options,
        SweepSpec spec,
        SweepPlan plan,
        PointSet? points,
        ResultStore store,
        string folder,
        Invocation invocation,
        CancellationToken cancellation)
    {
        await RunNotices.WhatWasFoundAsync(store);
        var recorded = RecordedPoints.In(plan, store, options.RetryFailed, points);
        await RunNotices.WhatIsLeftAsync(spec, points?.Count ?? plan.Count, recorded, folder, options.Shard);
        if (recorded.Points.Count < (points?.Count ?? plan.Count))
        {
            using var signals = new SweepSignals(new StallWatch("this machine's worker does not take part in the sweep", StallWatch.Patience));
            var checkpoints = store.OpenCheckpoints();
            var run = new SweepRun(spec, plan, store, recorded, signals)
            {
                Among = points,
                Checkpoints = checkpoints,
                CheckpointsFound = FoundCheckpoints.In(plan, recorded, checkpoints),
            };
            await RunNotices.WhatGoesOnAsync(run);
            using (invocation.Interruption.Allow(Patience))
            {
                await RunAsync(options, spec, run, signals, cancellation);
            }

            // The run ends with its last result, and does not wait until the checkpoint of that point is gone.
            FoundCheckpoints.In(plan, recorded, checkpoints);
        }
    }

    /// <summary>The points of a shard; null for all.</summary>
    private static PointSet? PointsOf(SweepPlan plan, Shard? shard)
    {
        if (shard is null)
        {
            return null;
        }

        if (plan.Spec.Until is not null)
        {
            throw new UserError(
                ExitCode.Invalid,
                $"{plan.Spec.FileName} says until: how many seeds a point gets is told by the results of all shards. Leave out --shard, or name the seeds in the file");
        }

        var points = new PointSet(plan.Count);
        foreach (var index in shard.IndicesIn(plan))
        {
            points.Add(index);
        }

        return points;
    }

    private static void RefuseNoFolder(string folder)
    {
        if (File.Exists(folder) || Path.GetExtension(folder) is ".yaml" or ".yml")
        {
            throw new UserError(
                ExitCode.Invalid,
                $"--out takes a folder for the results, not the file {folder}; write --out {ShellCommand.Quoted(Path.ChangeExtension(folder, null))}, for example");
        }
    }

    private static SweepSpec Load(string file)
    {
        try
        {
            return SweepFile.Load(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable("sweep file", file, error);
        }
    }

    private static async Task RunAsync(
        Options options, SweepSpec spec, SweepRun run, SweepSignals signals, CancellationToken cancellation)
    {
        await using var cluster = await EmbeddedCluster.StartAsync(
            run, new WorkerOptions { Slots = options.Slots }, options.CheckpointInterval, StandardErrorLog.Configure, cancellation);
        switch (await RunDisplay.FollowAsync(signals.All, spec.Name, options.FailFast, cancellation))
        {
            case SweepSignal.Broken broken:
                throw broken.Cause;
            case SweepSignal.Noticed:
                throw new UserError(ExitCode.FailedPoints, "stopped at the first failed point, as --fail-fast asks");
            default:
                break;
        }
    }

    private static int Print(Options options, SweepPlan plan, long points, string folder, long divergent, OutputFile? junit)
    {
        var table = SweepTable.Of(plan, folder);
        var outcome = options.Shard is null ? SweepOutcome.Of(plan, folder) : SweepOutcome.None;
        SummaryTable.Print(table, options.Json ? TableFormat.Json : TableFormat.Terminal, outcome);

        var failed = table.Table.Rows.Sum(row => row.Failed);
        SweepReport.Print(outcome);
        if (junit is not null)
        {
            JUnitReport.Write(junit, plan.Spec.Name, options.Shard is null ? outcome.Points : points, failed, divergent, outcome, options.Strict);
        }

        return SweepReport.ExitCodeOf(failed + divergent, outcome, options.Strict);
    }
}
