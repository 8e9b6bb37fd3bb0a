using System.Diagnostics;
using SparseProp.EndToEnd;
using SparseProp.Results.Store;

namespace SparseProp.Cli.Tests.Commands;

public sealed class ShardTests : IDisposable
{
    private const string Text = """
        name: parts
        grid: { model: [lif, qif], n: [100, 300] }
        zip: { seed_ic: 1..2, seed_net: 1..2 }
        fixed: { k: 20 }
        stop: { spikes: 1000 }
        verify: 0.5

        """;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task JoinedShardsAreTheUndividedRun()
    {
        var sweep = _folder.Write("parts.yaml", Text + "expect: { rate: [{ min: 0 }] }\n");
        var whole = _folder.In("whole");
        string[] stores = [_folder.In("shard-1"), _folder.In("shard-2")];

        var undivided = Sparseprop.RunAsync("run", sweep, "--out", whole, "--workers", "1");
        var shards = await Task.WhenAll(
            stores.Select((store, i) => Sparseprop.RunAsync("run", sweep, "--shard", $"{i + 1}/2", "--out", store, "--workers", "1")));
        var merged = await Sparseprop.RunAsync(["results", "merge", .. stores, "--out", _folder.In("merged")]);

        Assert.All(shards, shard => Assert.True(shard.ExitCode == 0, shard.Errors));
        Assert.All(shards, shard => Assert.Contains("is not checked", shard.Errors, StringComparison.Ordinal));
        Assert.Contains("parts, shard 2/2: ", shards[1].Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await undivided).ExitCode);
        Assert.Contains("8 points joined, 0 repeated, 0 divergent", merged.Errors, StringComparison.Ordinal);
        Assert.All(stores, store => Assert.Equal(4, StoreReader.Read(store).Count()));
        Assert.Equal(Outcomes(whole), Outcomes(_folder.In("merged")));
    }

    [Fact]
    public async Task TheJobThatJoinsShardsRunsWhatOneHasLeft()
    {
        var sweep = _folder.Write("parts.yaml", Text);
        await Sparseprop.RunAsync("run", sweep, "--shard", "2/2", "--out", _folder.In("parts.shards/2-of-2"), "--workers", "1");

        var job = await JoinAsync(sweep);

        Assert.True(job.ExitCode == 0, job.Errors);
        Assert.Contains("4 of 8 points are missing", job.Errors, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (long)i), StoreReader.Read(_folder.In("parts.results")).Select(record => record.Index).Order());
    }

    [Theory]
    [InlineData("from 1 to n", "", "0/8")]
    [InlineData("name the seeds", "until: { statistic: rate, ci: 20%, max_replicates: 8 }\n", "1/2")]
    [InlineData("leave out --shard", "", "1/2", "--simulate-cluster", "2x2")]
    public async Task WhatCannotBeDividedIsRefused(string remedy, string more, string shard, params string[] options)
    {
        var sweep = _folder.Write("parts.yaml", Text.Replace("1..2", more.Length == 0 ? "1..2" : "1..3", StringComparison.Ordinal) + more);

        var run = await Sparseprop.RunAsync(["run", sweep, "--shard", shard, "--out", _folder.In("store"), .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(remedy, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("store")));
    }

    private async Task<Finished> JoinAsync(string sweep)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "templates", "merge.sbatch"), sweep])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SPARSEPROP"] = Program();
        start.Environment["SLURM_SUBMIT_DIR"] = _folder.Path;
        using var process = Process.Start(start)!;
        return await Sparseprop.FinishAsync(process);
    }

    // The program as if it were one file.
    private string Program()
    {
        var program = _folder.Write("sparseprop", $"#!/bin/sh\nexec {string.Join(' ', Sparseprop.CommandLine().Select(word => $"'{word}'"))} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return program;
    }

    // What a record says but for the time it took.
    private static IEnumerable<(long, string, string?)> Outcomes(string store) =>
        StoreReader.Read(store).OrderBy(record => record.Index).Select(record => (record.Index, record.Key.ToString(), record.Result?.Digest.ToString()));
}
