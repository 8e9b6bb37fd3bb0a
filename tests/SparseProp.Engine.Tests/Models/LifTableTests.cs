using CsCheck;
using SparseProp.Engine.Models;

namespace SparseProp.Engine.Tests.Models;

public sealed class LifTableTests
{
    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void AnInputMovesThePhaseAsTheFormulaDoes(double drive)
    {
        var p = new SimulationParameters { N = 1000, K = 100, Rate = drive / 0.1, Stop = RunLength.Spikes(1) };
        using var lookup = new LifLookup(p, LifLookup.Table(p));
        var formula = new LifPhase(p);

        // Far below the reset the table has ended: half of these voltages are beyond.
        var lowest = 1 - (Math.Log(1 + (130 / drive)) / Math.Log(1 + (1 / drive)));
        Gen.Double[lowest, 1].Sample(
            phase =>
            {
                var expected = formula.Receive(phase, 0, 0);
                Assert.Equal(expected, lookup.Receive(phase, 0, 0), 1e-14 * Math.Max(1, Math.Abs(expected)));
            },
            iter: 20_000);
        Assert.Equal(formula.Seconds(1), lookup.Seconds(1), 1e-15 * formula.Seconds(1));
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(0.1)]
    [InlineData(1e9)]
    public void ThereIsOneTimeForEachVoltageAndOneVoltageForEachTime(double drive)
    {
        using var table = new LifTable(drive);
        var end = table.TimeToSpike(-80);
        var step = end / 50_000;
        Assert.Equal(0, table.Voltage(0));
        Assert.Equal(0, table.TimeToSpike(0));

        var before = 0.0;
        for (var i = 1; i <= 50_000; i++)
        {
            var voltage = table.Voltage(i * step);
            Assert.True(voltage < before);
            Assert.Equal(i * step, table.TimeToSpike(voltage), 1e-15 * end);
            before = voltage;
        }

        // Where the table ends, the exponential goes on.
        Assert.Equal(-80, before, 1e-12);
    }

    [Fact]
    public void TheTableEndsWithoutAGap()
    {
        using var table = new LifTable(0.1);
        var end = table.TimeToSpike(-64);
        var times = Enumerable.Range(-2000, 4001).Select(i => end + (i * 1e-6)).ToList();

        Assert.All(times, t => Assert.Equal(0.1 * (1 - Math.Exp(t)), table.Voltage(t), 1e-12));
        Assert.All(times, t => Assert.Equal(t, table.TimeToSpike(table.Voltage(t)), 2e-15));
    }
}
