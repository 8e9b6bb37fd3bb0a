using System.Diagnostics;

namespace SparseProp.EndToEnd;

/// <summary>What a run tells of its spikes, against what other code makes of the spikes that it has written.</summary>
public sealed class StatisticsOfSpikesTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string BurnInSeconds = "1";
    private const string Seconds = "12";

    private readonly WorkFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lif")]
    [InlineData("qif")]
    [InlineData("eif")]
    public async Task TheStatisticsAreThoseOfTheWrittenSpikes(string model)
    {
        Assert.SkipUnless(File.Exists(Python), $"there is no {Python}");
        var (facts, spikes) = (_folder.In("facts.json"), _folder.In("spikes.csv"));
        var run = await Sparseprop.RunAsync(
            "simulate", "--model", model, "--n", "300", "--k", "30", "--seconds", Seconds, "--burn-in-seconds", BurnInSeconds,
            "--record", "rates,irregularity,population", "--spikes-out", spikes, "--json");
        Assert.Equal(0, run.ExitCode);
        await File.WriteAllTextAsync(facts, run.Output, Cancellation);

        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "statistics_of_spikes.py"), facts, spikes, BurnInSeconds, Seconds])
        {
            start.ArgumentList.Add(argument);
        }

        using var python = Process.Start(start)!;
        var checkedThem = await Sparseprop.FinishAsync(python);

        Assert.Equal(new Finished(0, "", ""), checkedThem);
    }
}
