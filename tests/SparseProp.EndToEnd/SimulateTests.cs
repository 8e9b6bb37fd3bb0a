using System.Globalization;
using System.Text.Json;

namespace SparseProp.EndToEnd;

public sealed class SimulateTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheJsonSaysWhatWasSimulatedAndWhatCameOut()
    {
        var run = await Sparseprop.RunAsync(
            "simulate", "--n", "1000", "--k", "50", "--j0", "2", "--seed-ic", "3", "--seed-net", "5", "--spikes", "2e4",
            "--burn-in-seconds", "0.5", "--json");

        Assert.Equal(0, run.ExitCode);
        var facts = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("lif", facts.GetProperty("model").GetString());
        Assert.Equal(1000, facts.GetProperty("n").GetInt32());
        Assert.Equal("window", facts.GetProperty("engine").GetString());
        Assert.Equal(20_000, facts.GetProperty("spikes").GetInt64());
        Assert.Equal(1_000_000, facts.GetProperty("synaptic_events").GetInt64());
        Assert.InRange(facts.GetProperty("rate_hz").GetDouble(), 4, 5);
        Assert.InRange(facts.GetProperty("cv_isi").GetDouble(), 0.6, 0.9);
        Assert.Equal(
            facts.GetProperty("spikes").GetInt64() / (1000 * facts.GetProperty("simulated_s").GetDouble()),
            facts.GetProperty("rate_hz").GetDouble(),
            1e-9);
        Assert.Equal(32, facts.GetProperty("digest").GetString()!.Length);
        Assert.True(facts.GetProperty("ns_per_synaptic_event").GetDouble() > 0);
    }

    [Fact]
    public async Task BothLoopsGiveTheSameSpikes()
    {
        string[] network = ["simulate", "--n", "1000", "--k", "50", "--spikes", "5000", "--burn-in-spikes", "500", "--spikes-out"];
        var window = await SpikesAsync([.. network, _folder.In("window.csv"), "--engine", "window"]);
        var heap = await SpikesAsync([.. network, _folder.In("heap.csv"), "--engine", "heap"]);

        Assert.Equal(5000, window.Count);
        Assert.Equal(heap.Select(spike => spike.Neuron), window.Select(spike => spike.Neuron));
        Assert.All(heap.Zip(window), pair => Assert.Equal(pair.First.Seconds, pair.Second.Seconds, 1e-12));
    }

    [Theory]
    [InlineData("qif")]
    [InlineData("qif-time")]
    [InlineData("qif-inhomogeneous", "--eta", "0.4")]
    [InlineData("eif", "--delta-v", "0.2")]
    [InlineData("eif-chebyshev", "--delta-v", "0.2", "--chebyshev-order", "20")]
    [InlineData("lif-lookup")]
    public async Task EveryModelRuns(string model, params string[] options)
    {
        var run = await Sparseprop.RunAsync(
            ["simulate", "--model", model, "--n", "1000", "--k", "50", "--spikes", "2000", "--json", .. options]);

        Assert.Equal(0, run.ExitCode);
        var facts = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(model, facts.GetProperty("model").GetString());
        Assert.InRange(facts.GetProperty("rate_hz").GetDouble(), 1, 10);
        Assert.Equal(
            options,
            facts.EnumerateObject()
                .Where(fact => fact.Name is "eta" or "delta_v" or "chebyshev_order")
                .SelectMany(fact => new[] { "--" + fact.Name.Replace('_', '-'), fact.Value.GetRawText() }));
    }

    [Theory]
    [InlineData("--rate", "0", "--k", "10")]
    [InlineData("--k", "0")]
    [InlineData("--j0", "0", "--k", "10", "--model", "qif")]
    public async Task ANetworkWithoutDriveIsSilent(params string[] options)
    {
        var facts = await FactsAsync(["--n", "100", "--seconds", "1", "--burn-in-seconds", "1", .. options]);

        Assert.Equal(0, facts.GetProperty("spikes").GetInt64());
        Assert.Equal(0, facts.GetProperty("rate_hz").GetDouble());
        Assert.Equal(1, facts.GetProperty("simulated_s").GetDouble());
    }

    [Fact]
    public async Task StrongerInhibitionLowersTheRate()
    {
        string[] network = ["--n", "1000", "--k", "50", "--seconds", "2"];

        var (weak, strong) = (await FactsAsync(network), await FactsAsync([.. network, "--g", "4"]));

        Assert.Equal((1, 4), (weak.GetProperty("g").GetDouble(), strong.GetProperty("g").GetDouble()));
        Assert.True(strong.GetProperty("rate_hz").GetDouble() < weak.GetProperty("rate_hz").GetDouble() * 0.8);
        Assert.Equal(0, strong.GetProperty("excitatory_fraction").GetDouble());
    }

    [Fact]
    public async Task RatesAloneAndASmallMemoryGiveTheSameSpikes()
    {
        string[] network = ["--n", "1000", "--k", "50", "--spikes", "5000"];

        var (all, little) = (await FactsAsync(network), await FactsAsync([.. network, "--record", "rate", "--memory-budget", "20kB"]));

        Assert.Equal(all.GetProperty("digest").GetString(), little.GetProperty("digest").GetString());
        Assert.Equal("rate,cv", all.GetProperty("record").GetString());
        Assert.Equal("rate", little.GetProperty("record").GetString());
        Assert.Equal(JsonValueKind.Null, little.GetProperty("cv_isi").ValueKind);
        Assert.InRange(
            all.GetProperty("bytes_per_neuron").GetDouble() - little.GetProperty("bytes_per_neuron").GetDouble(),
            (4 * 49) + 32,
            (4 * 50) + 32);
        Assert.InRange(little.GetProperty("peak_memory_bytes").GetInt64(), 1 << 20, 1L << 40);
    }

    [Theory]
    [InlineData("39KiB", "39.1 KiB")]
    [InlineData("0.039MB", "38.1 KiB may")]
    [InlineData("1e4", "9.8 KiB may")]
    public async Task ANetworkThatDoesNotFitTheMemoryIsRefused(string budget, string message)
    {
        var run = await Sparseprop.RunAsync("simulate", "--n", "1000", "--k", "50", "--spikes", "10", "--memory-budget", budget);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PicturesAreWhatTheirNamesSay()
    {
        var png = _folder.In("raster.png");
        var svg = _folder.In("raster.svg");
        string[] network = ["simulate", "--n", "200", "--k", "20", "--spikes", "500", "--raster"];

        Assert.Equal(0, (await Sparseprop.RunAsync([.. network, png])).ExitCode);
        Assert.Equal(0, (await Sparseprop.RunAsync([.. network, svg])).ExitCode);

        Assert.Equal("\u0089PNG", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(png, Cancellation))[..4]);
        Assert.Contains("<svg", await File.ReadAllTextAsync(svg, Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "--n", "10", "--k", "10", "--spikes", "5" }, "--k", "below n")]
    [InlineData(new[] { "--n", "1", "--k", "1", "--spikes", "5" }, "--n", "at least 2")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--j0", "NaN" }, "--j0", "finite number")]
    [InlineData(new[] { "--n", "10.5", "--k", "5", "--spikes", "5" }, "--n", "whole number")]
    [InlineData(new[] { "--n", "10", "--k", "5" }, "--spikes", "when to stop")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--seconds", "1" }, "--seconds", "only one")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--model", "lf" }, "--model", "qif-time")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--raster", "x.jpg" }, "x.jpg", ".png")]
    [InlineData(
        new[] { "--n", "10", "--k", "5", "--spikes", "5", "--model", "eif-chebyshev", "--chebyshev-order", "1" }, "--chebyshev-order", "2 and 1000")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--rate", "0" }, "--spikes: the drive", "only seconds")]
    [InlineData(new[] { "--n", "10", "--k", "0", "--spikes-per-neuron", "5" }, "--spikes-per-neuron: the drive", "only seconds")]
    [InlineData(new[] { "--n", "10", "--k", "0", "--seconds", "1", "--burn-in-spikes", "5" }, "--burn-in-spikes: the drive", "only seconds")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--seconds", "0" }, "--seconds", "positive number")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--g", "-1" }, "--g", "within 0 and 1e6")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--excitatory-fraction", "2" }, "--excitatory-fraction", "within 0 and 1")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--record", "isi" }, "--record", "rate, cv")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--memory-budget", "8GX" }, "--memory-budget", "8GiB")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--memory-budget", "0" }, "--memory-budget", "8GiB")]
    [InlineData(new[] { "--n", "10", "--k", "5", "--spikes", "5", "--typo", "1" }, "--typo", "--help")]
    public async Task WhatCannotBeSimulatedIsRefusedByName(string[] arguments, string name, string remedy)
    {
        var run = await Sparseprop.RunAsync(["simulate", .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(name, run.Errors, StringComparison.Ordinal);
        Assert.Contains(remedy, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task ASpikeFileThatCannotBeWrittenIsSaidAndNothingIsLeftBehind()
    {
        var run = await Sparseprop.RunAsync(
            "simulate", "--n", "100", "--k", "10", "--spikes", "50", "--spikes-out", _folder.In("missing/spikes.csv"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("missing", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static async Task<JsonElement> FactsAsync(string[] arguments)
    {
        var run = await Sparseprop.RunAsync(["simulate", "--json", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<List<(int Neuron, double Seconds)>> SpikesAsync(string[] arguments)
    {
        var run = await Sparseprop.RunAsync(arguments);
        Assert.Equal(0, run.ExitCode);
        var lines = await File.ReadAllLinesAsync(arguments.First(argument => argument.EndsWith(".csv", StringComparison.Ordinal)), Cancellation);
        Assert.Equal("neuron,time_s", lines[0]);
        return [.. lines[1..].Select(line => line.Split(',')).Select(fields => (
            int.Parse(fields[0], CultureInfo.InvariantCulture), double.Parse(fields[1], CultureInfo.InvariantCulture)))];
    }
}
