using System.Diagnostics;

namespace SparseProp.Engine.Tests.Populations;

public sealed class BrunelTests(ITestOutputHelper output)
{
    // Rate and CV over 8 networks, with standard errors; bins of 1 ms.
    [Theory(Explicit = true)]
    [InlineData(5, 2, 2, 38.41, 0.06, 0.4250, 0.0012, 162.7, 3.4)]
    [InlineData(4.5, 0.9, 4, 5.83, 0.07, 0.7045, 0.0026, 304, 17)]
    public void TheFullModelFiresAsItShould(
        double g, double eta, double seconds, double rate, double rateError, double cv, double cvError, double fano, double fanoError)
    {
        var network = Brunel.Network(g, eta);
        var results = new List<SimulationResult>();
        for (var seed = 1; seed <= 4; seed++)
        {
            var p = SimulationParameters.Of(network, RunLength.Seconds(seconds)) with
            {
                BurnIn = RunLength.Seconds(0.5),
                SeedIc = seed,
                SeedNet = seed,
                SeedInput = seed,
                Record = StatisticKinds.Cv | StatisticKinds.Population,
            };
            var began = Stopwatch.GetTimestamp();
            using var simulation = new Simulation(p);
            var built = Stopwatch.GetElapsedTime(began).TotalSeconds;
            simulation.BurnIn(TestContext.Current.CancellationToken);
            began = Stopwatch.GetTimestamp();
            var result = simulation.Measure(TestContext.Current.CancellationToken);
            var nanoseconds = Stopwatch.GetElapsedTime(began).TotalNanoseconds / (result.SynapticEvents + result.ExternalEvents);
            output.WriteLine(FormattableString.Invariant(
                $"{result.RateHz:f3} Hz, CV {result.CvIsi:f4}, F {result.Population!.Fano1ms:f1}, {result.SynapticEvents} + {result.ExternalEvents} events, {nanoseconds:f2} ns each, built in {built:f2} s"));
            results.Add(result);
        }

        // Four networks against eight, and four standard errors of the difference.
        const double Errors = 4 * 1.75;
        Assert.Equal(rate, results.Average(r => r.RateHz), Errors * rateError);
        Assert.Equal(cv, results.Average(r => r.CvIsi!.Value), Errors * cvError);
        Assert.Equal(fano, results.Average(r => r.Population!.Fano1ms!.Value), Errors * fanoError);
    }
}
