using SparseProp.Cluster.Coordination;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Display;

/// <summary>What <c>sparseprop run</c> says on standard error before points run.</summary>
internal static class RunNotices
{
    /// <summary>What is wrong with the store.</summary>
    public static async Task WhatWasFoundAsync(ResultStore store)
    {
        if (store.TornTail is { } torn)
        {
            await Console.Error.WriteLineAsync($"sparseprop: {torn}");
        }

        foreach (var damage in store.Damage)
        {
            await Console.Error.WriteLineAsync($"sparseprop: {damage.Message}; the points it held run again, and what is left of the file is kept as {Path.GetFileName(damage.File)}{ResultStore.DamagedSuffix}");
        }
    }

    /// <summary>How many points are there, and how many are to run.</summary>
    public static async Task WhatIsLeftAsync(SweepSpec spec, long points, RecordedPoints recorded, string folder, Shard? shard)
    {
        var left = points - recorded.Points.Count;
        folder = VisibleText.Line(folder);
        var name = shard is null ? spec.Name : $"{spec.Name}, shard {shard}";
        if (spec.Until is { } until)
        {
            await Console.Error.WriteLineAsync(
                $"{spec.Name}: {Counted.Of(recorded.Points.Count, "point is", "points are")} in {folder}; each point runs {until}");
            return;
        }

        await Console.Error.WriteLineAsync((recorded.Points.Count, left) switch
        {
            (_, 0) => points == 1 ? $"{name}: its only point is in {folder}" : $"{name}: all {points} points are in {folder}",
            (0, _) => $"{name}: {Counted.Of(points, "point")} to run, results go to {folder}",
            _ => $"{name}: {recorded.Points.Count} of {Counted.Of(points, "point")} {Counted.Word(recorded.Points.Count, "is", "are")} in {folder}, {left} to run",
        });
        if (shard is not null && spec.Expectations.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                $"{name}: what the file expects is not checked, as that takes all shards: join them, then: {ShellCommand.Of("run", spec.FileName, "--out", "JOINED")}");
        }
    }

    /// <summary>How many points go on from a checkpoint.</summary>
    public static async Task WhatGoesOnAsync(SweepRun run)
    {
        if (run.CheckpointsFound.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{run.Spec.Name}: {run.CheckpointsFound.Count} of them from a checkpoint");
        }
    }
}
