namespace SparseProp.Sweeps.Tests;

/// <summary>The files in deploy/sweeps and deploy/training, which users run first.</summary>
public sealed class SampleSweepTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Samples");

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void EverySampleIsValidAndNamedAsItsFile(string file)
    {
        var spec = SweepFile.Load(Path.Combine(Folder, file));

        Assert.Equal(Path.GetFileNameWithoutExtension(file), spec.Name);
        Assert.Empty(spec.Warnings);
    }

    [Fact]
    public void TheQuickstartTakesLessThanHalfAMinuteOnTwoCores()
    {
        const double SecondsPerSpike = 1e-6;
        var plan = new SweepPlan(SweepFile.Load(Path.Combine(Folder, "quickstart.yaml")));

        var spikes = Enumerable.Range(0, (int)plan.Count).Select(i => plan[i]).Sum(p => PointEstimate.Of(p).SynapticEvents / p.K);

        Assert.Equal(54, plan.Count);
        Assert.InRange(spikes * SecondsPerSpike / 2, 1, 30);
    }
}
