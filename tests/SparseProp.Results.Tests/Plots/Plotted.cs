using System.Globalization;
using SparseProp.Engine;
using SparseProp.Results.Plots;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Tests.Plots;

/// <summary>Points to draw, and what labels say.</summary>
internal static class Plotted
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public static PointRecord Point(int n = 1000, int k = 100, double j0 = 1, long seed = 1, double rate = 1, double? cv = 0.7, bool contended = false) =>
        PointRecord.Ok(
            seed,
            ParametersOf(n, k, j0, seed),
            new SimulationResult
            {
                Spikes = 200 * n,
                SimulatedSeconds = 20,
                RateHz = rate,
                CvIsi = cv,
                CvNeurons = n,
                SynapticEvents = 20L * n * k,
                BytesPerNeuron = 416,
                Digest = (UInt128)(ulong)seed,
            },
            new PointCost { WallSeconds = 1, CpuSeconds = 1, SetupSeconds = 0, Host = "node-1", BusySlots = 1, Contended = contended },
            Sample.Noon);

    public static PointRecord Failed(int n = 1000, int k = 100, double j0 = 1, long seed = 1, string error = "needs 3 TB of memory") =>
        PointRecord.Failed(seed, ParametersOf(n, k, j0, seed), new PointFailure { Kind = "memory", Message = error, Attempts = 2 }, Sample.Noon);

    /// <summary>Values over a parameter.</summary>
    public static ScalingQuestion Over(string x, string values, string? by = null) =>
        new(GroupColumn.Named([x], RecordColumns.Published)[0], ReplicateTable.Named(values.Split(',')), by is null ? null : GroupColumn.Named(by.Split(','), RecordColumns.Published));

    /// <summary>A series of markers whose points have no errors.</summary>
    public static FigureSeries Series(string label, params (double X, double Y)[] points) =>
        new(label, SeriesForm.Markers, [.. points.Select(p => new FigurePoint(p.X, p.Y, double.NaN, 1))]);

    public static Figure FigureOf(params FigureSeries[] series) =>
        new(new FigureAxis("n", "number of neurons n", false), [new FigurePanel(new FigureAxis("rate_hz", "rate (Hz)", false), series, [])], []);

    /// <summary>The number that a reader takes from a label such as −0.5, 3×10⁻⁷ or 10⁴.</summary>
    public static double NumberIn(string label)
    {
        var parts = label.Replace('−', '-').Split('×');
        var (mantissa, power) = parts.Length == 2 ? (parts[0], parts[1]) : IsPower(parts[0]) ? ("1", parts[0]) : (parts[0], "10⁰");
        if (power.StartsWith('-'))
        {
            (mantissa, power) = ("-" + mantissa, power[1..]);
        }

        var exponent = string.Concat(power[2..].Select(c => c == '⁻' ? "-" : Superscripts.IndexOf(c).ToString(CultureInfo.InvariantCulture)));
        return double.Parse($"{mantissa}e{exponent}", CultureInfo.InvariantCulture);
    }

    private static bool IsPower(string text) => text.Any(c => c == '⁻' || Superscripts.Contains(c));

    private static SimulationParameters ParametersOf(int n, int k, double j0, long seed) => new()
    {
        N = n,
        K = k,
        J0 = j0,
        SeedIc = seed,
        SeedNet = seed,
        Stop = RunLength.SpikesPerNeuron(20),
        BurnIn = RunLength.SpikesPerNeuron(5),
    };
}
