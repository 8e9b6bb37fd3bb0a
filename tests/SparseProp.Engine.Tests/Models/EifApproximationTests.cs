using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Models.Eif;

namespace SparseProp.Engine.Tests.Models;

/// <summary>What the networks' approximations differ from the neuron by, at thousands of voltages. The errors go to the output.</summary>
public sealed unsafe class EifApproximationTests
{
    private const int Points = 4000;

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    public void EveryApproximationIsWithinTwoTrillionthsOfTheTimeConstant(int k, double j0, double rate, double deltaV)
    {
        var p = EifNeuron.With(k, j0, rate, deltaV);
        var (curve, neuron) = (new EifCurve(p), new EifNeuron(p));
        using var delayTable = EifLoops.CurveDelay(curve, EifLoops.DelayTable(curve));
        using var delaySeries = EifLoops.CurveDelay(curve, EifLoops.DelaySeries(curve));
        using var pulseTable = EifLoops.PulseTable(curve);
        using var pulseSeries = EifLoops.PulseSeries(curve);
        var errors = new double[4];
        for (var i = 0; i < Points; i++)
        {
            // From near V = 30 ΔV to −60 ΔV, or −4 where that is lower.
            var x = 30 - ((30 + Math.Max(60, 4 / deltaV)) * Math.Pow((i + 0.5) / Points, deltaV < 0.01 ? 3 : 1));
            var theta = neuron.TimeToSpike(x * deltaV);
            var delayed = neuron.TimeToSpike((x * deltaV) - neuron.Pulse);
            var y = SmallArguments.ExpMinusOne(theta);
            double[] found =
            [
                theta + delayTable.Delay(theta),
                theta + delaySeries.Delay(theta),
                Math.Log(1 + y + pulseTable.At(y)),
                Math.Log(1 + y + pulseSeries.At(y)),
            ];
            for (var j = 0; j < 4; j++)
            {
                errors[j] = Math.Max(errors[j], Math.Abs(found[j] - delayed));
            }
        }

        var parameters = FormattableString.Invariant($"k={k} j0={j0} rate={rate} delta_v={deltaV}");
        var heap = FormattableString.Invariant($"delay (heap) by table {errors[0]:E1}, by series {errors[1]:E1}");
        var window = FormattableString.Invariant($"pulse (window) by table {errors[2]:E1}, by series {errors[3]:E1}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{parameters}: largest error in tau: {heap}; {window}");
        Assert.All(errors, error => Assert.InRange(error, 0, 2e-12));
    }

    [Theory]
    [InlineData(100, 1, 20, 2.15e-4)]
    [InlineData(20, 1, 20, 9.05e-3)]
    [InlineData(100, 2, 20, 2.52e-3)]
    [InlineData(1000, 1, 20, 2.14e-5)]
    [InlineData(100, 1, 40, 1.13e-5)]
    [InlineData(100, 1, 80, 7.40e-7)]
    [InlineData(100, 1, 160, 4.73e-8)]
    public void ThePublishedSeriesHasThePhaseErrorThatIsDocumented(int k, double j0, int order, double expected)
    {
        var curve = new EifCurve(EifNeuron.With(k, j0, 1, 0.1));
        using var series = ScriptedSeries.Of(curve, order);
        var worst = 0.0;
        for (var i = 1; i <= 10 * Points; i++)
        {
            var theta = curve.DeepestScripted * Math.Pow((double)i / (10 * Points), 2);
            worst = Math.Max(worst, Math.Abs(series.Delayed(theta) - curve.Delayed(theta)) / curve.ResetTime);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"k={k} j0={j0}: largest phase error of {order} published points {worst:E2}"));
        Assert.Equal(expected, worst, 0.01 * expected);
    }

    [Fact]
    public void ThePublishedSeriesIsTheExactCurveAtItsPointsAndBeyondTheInterval()
    {
        var curve = new EifCurve(EifNeuron.With(100, 1, 1, 0.1));
        using var series = ScriptedSeries.Of(curve, 20);
        for (var i = 0; i < 20; i++)
        {
            // First-kind points between the phase at V = −10 and 1, as ApproxFun's points(S, 20).
            var theta = curve.DeepestScripted * (1 - Math.Cos(Math.PI * ((2 * i) + 1) / 40)) / 2;
            Assert.Equal(curve.Delayed(theta), series.Delayed(theta), 1e-14);
        }

        var far = 2 * curve.DeepestScripted;
        Assert.Equal(Math.Log(Math.Exp(far) + curve.FarPulse) - far, series.Delay(far), 1e-14);
    }

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    public void LaterSpikesStayLaterAndNoPulseAdvancesOne(int k, double j0, double rate, double deltaV)
    {
        var curve = new EifCurve(EifNeuron.With(k, j0, rate, deltaV));
        using var table = EifLoops.PulseTable(curve);
        using var series = EifLoops.PulseSeries(curve);
        var (byTable, bySeries) = (0.0, 0.0);
        for (var y = 0.0; y < 1000; y = Math.Max(1e-16, y * 1.0007))
        {
            var (tableNow, seriesNow) = (y + table.At(y), y + series.At(y));
            Assert.True(tableNow >= Math.Max(y, byTable - (1e-14 * (1 + y))));
            Assert.True(seriesNow >= Math.Max(y, bySeries - (4e-12 * (1 + y))));
            (byTable, bySeries) = (tableNow, seriesNow);
        }
    }
}
