using System.Text.Json;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Tests.Statistics;

/// <summary>
/// Statistics against those of independent code, mean and standard deviation over seeds (Golden/acceptance_bands.json: n = 10^4,
/// rate 1 Hz, τ = 10 ms). A new run may differ from the mean of s seeds by the Student quantile that errs once in a thousand.
/// </summary>
public sealed class AcceptanceTests
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["rate"] = "rate_hz",
        ["rate_sd_neurons"] = "rate_sd_hz",
        ["silent_1s"] = "silent_fraction_1s",
        ["silent_T"] = "silent_fraction",
        ["cv_mean"] = "cv_isi",
        ["cv_sd_neurons"] = "cv_isi_sd",
        ["cv2_mean"] = "cv2",
        ["lv_mean"] = "lv",
        ["fano_1s"] = "fano_1s",
        ["popfano_1ms"] = "population_fano_1ms",
        ["popfano_10ms"] = "population_fano_10ms",
        ["popfano_100ms"] = "population_fano_100ms",
        ["corr_rate_indeg"] = "rate_in_degree_correlation",
    };

    private static readonly JsonElement[] Bands =
        [.. JsonDocument.Parse(File.ReadAllText("Golden/acceptance_bands.json")).RootElement.EnumerateArray()];

    public static TheoryData<string, int, double> Few { get; } = [("lif", 100, 1), ("qif", 100, 1), ("eif", 100, 1)];

    public static TheoryData<string, int, double> Many { get; } = [.. Bands
        .Where(band => band.GetProperty("protocol").GetString() == "short")
        .Select(band => (band.GetProperty("model").GetString()!, band.GetProperty("k").GetInt32(), band.GetProperty("j0").GetDouble()))];

    [Theory]
    [MemberData(nameof(Few))]
    public void StatisticsAreThoseOfIndependentCode(string model, int k, double j0) => AssertBand(model, k, j0, EventLoop.Window, seed: 1);

    [Theory(Explicit = true)]
    [MemberData(nameof(Many))]
    public void StatisticsAreThoseOfIndependentCodeForEveryNetwork(string model, int k, double j0)
    {
        AssertBand(model, k, j0, EventLoop.Window, seed: 2);
        AssertBand(model, k, j0, EventLoop.Heap, seed: 3);
    }

    private static void AssertBand(string modelName, int k, double j0, EventLoop loop, int seed)
    {
        Assert.True(EngineNames.TryParse(modelName, out NeuronModel model));
        var band = Bands.Single(b => b.GetProperty("protocol").GetString() == "short" && b.GetProperty("model").GetString() == modelName
            && b.GetProperty("k").GetInt32() == k && b.GetProperty("j0").GetDouble() == j0);
        using var simulation = new Simulation(new SimulationParameters
        {
            Model = model,
            N = band.GetProperty("n").GetInt32(),
            K = k,
            J0 = j0,
            Loop = loop,
            SeedIc = seed,
            SeedNet = seed,
            BurnIn = RunLength.Seconds(band.GetProperty("burn_s").GetDouble()),
            Stop = RunLength.Seconds(band.GetProperty("T_s").GetDouble()),
            Record = StatisticKinds.Rates | StatisticKinds.Irregularity | StatisticKinds.Population,
        });
        var result = simulation.Measure(TestContext.Current.CancellationToken);
        foreach (var (reference, name) in Names)
        {
            var numbers = band.GetProperty("stats").GetProperty(reference);
            var (mean, sd) = (numbers[0].GetDouble(), numbers[1].GetDouble());
            var found = Statistic.Find(name)!.Measured(result)!.Value;

            // 5.7: Student's t of 7 degrees of freedom at 1e-3, times the root of 1 + 1/8 seeds.
            var tolerance = Math.Max(5.7 * sd, name == "rate_hz" ? 0.003 * mean : 1e-3);
            Assert.True(Math.Abs(found - mean) <= tolerance, $"{name}: {found}, expected {mean} ± {tolerance}");
        }
    }
}
