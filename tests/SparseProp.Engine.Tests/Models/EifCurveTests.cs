using SparseProp.Engine.Models.Eif;

namespace SparseProp.Engine.Tests.Models;

public sealed class EifCurveTests
{
    private static readonly EifCurve Default = new(EifNeuron.With(100, 1, 1, 0.1));

    [Fact]
    public void TimeFromResetToSpikeIsTheKnownOne()
    {
        Assert.Equal(2.98900730800703, Default.ResetTime, 2e-14);
        Assert.Equal(1.80599505, Default.FarPulse, 1e-8);
    }

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    public void TimesToSpikeAreThoseOfAnotherQuadrature(int k, double j0, double rate, double deltaV)
    {
        var p = EifNeuron.With(k, j0, rate, deltaV);
        var (curve, neuron) = (new EifCurve(p), new EifNeuron(p));
        double[] voltages = [-1, -10, -0.3, 0.01, .. Enumerable.Range(-60, 95).Select(x => x * deltaV)];
        foreach (var v in voltages.Where(v => v < 30 * deltaV))
        {
            var expected = neuron.TimeToSpike(v);
            Assert.InRange(curve.TimeToSpike(v / deltaV), expected - (4e-15 * (1 + expected)), expected + (4e-15 * (1 + expected)));
        }
    }

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    public void VoltageUndoesTimeToSpike(int k, double j0, double rate, double deltaV)
    {
        var curve = new EifCurve(EifNeuron.With(k, j0, rate, deltaV));
        for (var theta = 1e-40; theta < 2 * curve.FarTime; theta *= 1.05)
        {
            var back = curve.TimeToSpike(curve.Voltage(theta));

            // e^−x loses what the last digit of x is worth; at strong drive I − V loses the last digits of V.
            Assert.Equal(theta, back, theta * (2e-14 + (3e-16 / curve.FarTime)));
        }
    }

    [Fact]
    public void FarFromTheSpikeAPulseAddsAConstantToTheExponentialOfTheTime()
    {
        double Added(double voltage) => Math.Exp(Default.TimeToSpike((voltage - 0.1) / 0.1)) - Math.Exp(Default.TimeToSpike(voltage / 0.1));

        Assert.InRange(Math.Abs(Added(-2) - Default.FarPulse), 5e-11, 2e-10);
        Assert.Equal(Default.FarPulse, Added(-10), 2e-13);
    }

    [Fact]
    public void APulseDelaysByTheRatioOfTheDrivesAtItsTwoVoltages()
    {
        double Drive(double v) => -v + (0.1 * Math.Exp(v / 0.1)) + 0.1;
        foreach (var voltage in (double[])[-1.5, -0.7, -0.2, 0, 0.15])
        {
            var theta = Default.TimeToSpike(voltage / 0.1);
            var slope = (Default.Delayed(theta + 1e-6) - Default.Delayed(theta - 1e-6)) / 2e-6;
            Assert.Equal(Drive(voltage) / Drive(voltage - 0.1), slope, 1e-8 * Math.Max(1, slope));
        }
    }
}
