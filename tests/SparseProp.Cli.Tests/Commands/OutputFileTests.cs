using System.Diagnostics;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>What commands do with the files that they are told to write.</summary>
public sealed class OutputFileTests : CommandTestBase, IDisposable
{
    private static readonly string[] Simulate = ["simulate", "--n", "100", "--k", "10", "--spikes", "500"];
    private static readonly string[] Compare = ["compare", "lif-lookup", "--n", "100", "--k", "10", "--spikes", "500"];

    private readonly SmallStore _store = new();

    public static TheoryData<string, string> Writers => new()
    {
        { "spikes.csv", "simulate --n 100 --k 10 --spikes 500 --spikes-out FILE" },
        { "spikes.msgpack", "simulate --n 100 --k 10 --spikes 500 --spikes-out FILE" },
        { "raster.png", "simulate --n 100 --k 10 --spikes 500 --raster FILE" },
        { "raster.svg", "simulate --n 100 --k 10 --spikes 500 --raster FILE" },
        { "errors.png", "compare lif-lookup --n 100 --k 10 --spikes 500 --figure FILE" },
        { "plot.png", "results plot STORE --x n --out FILE" },
        { "plot.svg", "results plot STORE --x n --out FILE" },
        { "report.html", "results report STORE --out FILE" },
        { "points.csv", "results export STORE --out FILE" },
        { "points.parquet", "results export STORE --out FILE" },
    };

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task NothingIsReplacedWithoutForceAndLinksAreWrittenThrough(string name, string command)
    {
        var (file, link) = (Folder.Write("target" + Path.GetExtension(name), "precious"), Folder.In(name));
        File.CreateSymbolicLink(link, file);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var refused = await RunAsync(command, link);
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var forced = await RunAsync(command + " --force", link);

        AssertFailure(refused, 2, link, "--force");
        Assert.Equal("precious", before);
        Assert.True(forced.ExitCode == 0, forced.Errors);
        Assert.Equal(file, File.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName);
        Assert.True(new FileInfo(file).Length > 20 && !File.ReadAllText(file).StartsWith("precious", StringComparison.Ordinal));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(2, Directory.GetFileSystemEntries(Folder.Path).Length);
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task WhatCannotBeWrittenIsFoundBeforeAnythingRuns(string name, string command)
    {
        Directory.CreateDirectory(Folder.In("d" + Path.GetExtension(name)));

        AssertFailure(await RunAsync(command, Folder.In($"nowhere/{name}")), 1, "nowhere", "there is no folder");
        AssertFailure(await RunAsync(command, Folder.In("d" + Path.GetExtension(name))), 2, "is a folder");
        AssertFailure(await RunAsync(command, Folder.In(new string('a', 300) + name)), 2, "the name is longer than 255 bytes");
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task ALinkToNothingYetBecomesAFile(string name, string command)
    {
        var (file, link) = (Folder.In("target" + Path.GetExtension(name)), Folder.In(name));
        File.CreateSymbolicLink(link, file);

        var run = await RunAsync(command, link);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(new FileInfo(file).Length > 20);
        Assert.Equal(file, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task AFigureIsDrawnOnceToAFile()
    {
        AssertFailure(
            await Sparseprop.RunAsync("results", "plot", _store.Folder, "--x", "n", "--out", Folder.In("q.png"), "--out", Folder.In("./q.png")), 2, "more than once");
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    [Theory]
    [InlineData("/proc/raster.png", "/proc takes no new files")]
    [InlineData("/sys/raster.png", "/sys")]
    public async Task WhereNoFileCanBeTheGivenOneIsNamed(string path, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has these folders.");
        var run = await RunAsync("simulate --n 100 --k 10 --spikes 500 --raster FILE", path);

        AssertFailure(run, 1, path, words);
        Assert.DoesNotContain(".sparseprop-", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultsArePrintedThoughTheirPictureCannotBe()
    {
        var full = Folder.In("full.png");
        File.CreateSymbolicLink(full, "/dev/full");

        var simulated = await Sparseprop.RunAsync([.. Simulate, "--raster", full, "--spikes-out", Folder.In("spikes.csv")]);
        var compared = await Sparseprop.RunAsync([.. Compare, "--figure", full]);
        var plotted = await Sparseprop.RunAsync("results", "plot", _store.Folder, "--x", "n", "--json", "--out", full);

        Assert.Equal((1, 1, 1), (simulated.ExitCode, compared.ExitCode, plotted.ExitCode));
        Assert.Contains("rate_hz", simulated.Output, StringComparison.Ordinal);
        Assert.Equal(501, File.ReadLines(Folder.In("spikes.csv")).Count());
        Assert.Contains("max_error_s", compared.Output, StringComparison.Ordinal);
        Assert.Contains("rate_hz", plotted.Output, StringComparison.Ordinal);
        Assert.All([simulated, compared, plotted], run => Assert.Contains($"{full} cannot be written: No space left on device", run.Errors, StringComparison.Ordinal));
        Assert.True(new FileInfo(full).LinkTarget == "/dev/full");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public async Task AnExportGoesToAPipe(string format)
    {
        var pipe = Folder.In("pipe");
        using (var made = Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var writer = Sparseprop.Start("results", "export", _store.Folder, "--format", format, "--out", pipe);
        var written = Sparseprop.FinishAsync(writer);
        var bytes = await File.ReadAllBytesAsync(pipe, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await written).ExitCode);
        Assert.True(bytes.Length > 100);
        Assert.Equal([pipe], Directory.GetFileSystemEntries(Folder.Path));
    }

    [Theory]
    [InlineData]
    [InlineData("--out", "-")]
    [InlineData("--out", "/dev/stdout", "--format", "csv")]
    public async Task AnExportGoesToStandardOutput(params string[] options)
    {
        var run = await Sparseprop.RunAsync(["results", "export", _store.Folder, .. options]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("key,index,status,model,n,k,", run.Output, StringComparison.Ordinal);
        Assert.Equal(5, run.Output.TrimEnd().Split('\n').Length);
        Assert.Matches(@"(?m)^points +4$", run.Errors);
        Assert.False(File.Exists("-"));
    }

    [Fact]
    public async Task LinesOfJsonGoToStandardOutputToo()
    {
        var run = await Sparseprop.RunAsync("results", "export", _store.Folder, "--format", "jsonl");

        Assert.Equal(4, run.Output.TrimEnd().Split('\n').Length);
        Assert.All(run.Output.TrimEnd().Split('\n'), line => Assert.Contains("\"status\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AReportOfAnEarlierJobIsReplacedButNoOtherFile()
    {
        var sweep = Folder.Write("small.yaml", SmallStore.Text);
        var junit = Folder.In("junit.xml");

        var first = await Sparseprop.RunAsync("run", sweep, "--out", Folder.In("store"), "--junit", junit);
        var second = await Sparseprop.RunAsync("run", sweep, "--out", Folder.In("store"), "--junit", junit);
        var other = await Sparseprop.RunAsync("run", sweep, "--out", Folder.In("other"), "--junit", sweep);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        AssertFailure(other, 2, sweep, "no JUnit file");
        Assert.Equal(SmallStore.Text, await File.ReadAllTextAsync(sweep, TestContext.Current.CancellationToken));
    }

    public new void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    private Task<Finished> RunAsync(string command, string file) => Sparseprop.RunAsync(
        [.. command.Split(' ').Select(word => word switch { "FILE" => file, "STORE" => _store.Folder, _ => word })]);
}
