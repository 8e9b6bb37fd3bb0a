using SparseProp.Engine;
using SparseProp.Sweeps.Checks;

namespace SparseProp.Sweeps.Tests;

/// <summary>Values in another unit than the one they are read in.</summary>
public sealed class PlausibilityTests
{
    [Theory]
    [InlineData("grid: { tau: 10 }", "s.yaml:5:14: warning: tau: tau = 10 is in seconds, and membrane time constants are 0.5 ms to 500 ms; 10 ms is written 0.01")]
    [InlineData("grid: { tau: [0.01, 20] }", "s.yaml:5:21: warning: tau: tau = 20 is in seconds, and membrane time constants are 0.5 ms to 500 ms; 20 ms is written 0.02")]
    [InlineData("grid: { tau: { from: 5, to: 0.01, steps: 3 } }", "s.yaml:5:22: warning: tau: tau = 5 is in seconds")]
    [InlineData("grid: { rate: 0.005 }", "s.yaml:5:15: warning: rate: rate = 0.005 is in Hz, and firing rates are 0.05 Hz to 500 Hz; 0.005 kHz is written 5")]
    [InlineData("grid: { rate: 1e4 }", "s.yaml:5:15: warning: rate: rate = 10000 is in Hz, and firing rates are 0.05 Hz to 500 Hz; 10000 mHz is written 10")]
    [InlineData("grid: { delta_v: 2 }", "s.yaml:5:18: warning: delta_v: delta_v = 2 is in the distance from reset to threshold, and ")]
    [InlineData("burn_in: { seconds: 2000 }", "s.yaml:5:21: warning: burn_in: seconds = 2000 is in seconds, and networks are simulated for 1 ms to 500 s; 2000 ms is written 2")]
    public void AValueInAnotherUnitIsDoubted(string line, string warning)
    {
        var sweep = Sweeps.OnePoint.Replace("lif", line.Contains("delta_v", StringComparison.Ordinal) ? "eif" : "lif", StringComparison.Ordinal);

        Assert.StartsWith(warning, Assert.Single(Doubts(sweep + line)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grid: { tau: 0.0005 }")]
    [InlineData("grid: { tau: 0.5, rate: 500 }")]
    [InlineData("grid: { rate: 0.05 }")]
    [InlineData("burn_in: { seconds: 500 }")]
    [InlineData("burn_in: { spikes: 1000000 }")]
    public void WhatIsUsualIsNot(string line) => Assert.Empty(Doubts(Sweeps.OnePoint + line));

    [Fact]
    public void APointIsDoubtedByItsParametersToo()
    {
        var point = new SimulationParameters { N = 100, K = 10, Tau = 10, Rate = 1e-3, Stop = RunLength.Seconds(1000) };

        Assert.Equal(["rate", "tau", "stop"], Plausibility.DoubtsAbout(point).Select(doubt => doubt.Parameter));
    }

    // That a burn-in is too short is another warning.
    private static IEnumerable<string> Doubts(string sweep) =>
        Sweeps.Parse(sweep).Warnings.Select(warning => warning.ToString()).Where(warning => warning.Contains(" is in ", StringComparison.Ordinal));
}
