using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Models.Eif;

namespace SparseProp.Engine.Tests.Models;

/// <summary>What the networks make of an excitatory pulse, in both loops. The errors go to the output.</summary>
public sealed class EifExcitationTests
{
    private const int Points = 2000;

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    public void BothLoopsAreWithinTwoTrillionthsOfTheTimeConstant(int k, double j0, double rate, double deltaV)
    {
        var p = EifNeuron.With(k, j0, rate, deltaV);
        var (curve, neuron) = (new EifCurve(p), new EifNeuron(p));
        using var advance = new ExcitatoryAdvance(curve);
        using var pulse = new ExcitatoryPulse(curve);
        var (heap, window, steepest) = (0.0, 0.0, 0.0);
        foreach (var x in Voltages(neuron.Pulse / deltaV))
        {
            var theta = neuron.TimeToSpike(x * deltaV);
            var advanced = x + (neuron.Pulse / deltaV) > 50 ? 0 : neuron.TimeToSpike((x * deltaV) + neuron.Pulse);

            // Without drive, a sharp spike is so sensitive to θ that θ's own last digits are worth more than the bound.
            var slope = neuron.Velocity(x * deltaV) / neuron.Velocity((x * deltaV) + neuron.Pulse);
            var unavoidable = slope < 1000 ? 0 : 2 * slope * (Math.BitIncrement(theta) - theta);
            double Error(double found) => Math.Max(0, Math.Abs(found - advanced) - unavoidable);

            heap = Math.Max(heap, Error(advance.Advance(theta)));
            window = Math.Max(window, Error(TimeAfter(pulse, theta)));
            steepest = Math.Max(steepest, slope);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"k={k} j0={j0} rate={rate} delta_v={deltaV}: largest error in tau: heap {heap:E1}, window {window:E1}; slope up to {steepest:G3}"));
        Assert.InRange(heap, 0, 2e-12);
        Assert.InRange(window, 0, 2e-12);
    }

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    [InlineData(1, 1e-15, 0, 0.1)]
    public void LaterSpikesStayLaterAndNoPulseDelaysOne(int k, double j0, double rate, double deltaV)
    {
        var curve = new EifCurve(EifNeuron.With(k, j0, rate, deltaV));
        using var advance = new ExcitatoryAdvance(curve);
        using var pulse = new ExcitatoryPulse(curve);
        const double Spiking = 1.7;
        var (timeBefore, uBefore) = (0.0, Spiking);
        for (var theta = 0.0; theta < 2 + (3 * curve.FarTime); theta = Math.Max(1e-18, theta * 1.0007))
        {
            var u = Spiking + (SmallArguments.ExpMinusOne(theta) * Spiking);
            var (timeNow, uNow) = (advance.Advance(theta), pulse.Excited(u, Spiking));

            // Where two cells meet, the error may jump by what it is.
            Assert.InRange(timeNow, Math.Max(0, timeBefore - 2e-13), theta);
            Assert.InRange(uNow, Math.Max(Spiking, uBefore - (2e-13 * uBefore)), u);
            (timeBefore, uBefore) = (timeNow, uNow);
        }
    }

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    public void InhibitionTakesBackAsMuchExcitation(int k, double j0, double rate, double deltaV)
    {
        var p = EifNeuron.With(k, j0, rate, deltaV);
        var (curve, neuron) = (new EifCurve(p), new EifNeuron(p));
        using var advance = new ExcitatoryAdvance(curve);
        using var delay = EifLoops.CurveDelay(curve, EifLoops.DelayTable(curve));
        using var pulse = new ExcitatoryPulse(curve);
        using var inhibition = EifLoops.PulseTable(curve);
        var compared = 0;
        foreach (var x in Voltages(curve.Jump))
        {
            var theta = curve.TimeToSpike(x);
            var excited = advance.Advance(theta);
            if (excited < 1e-6)
            {
                continue;
            }

            compared++;
            var slope = neuron.Velocity((x + curve.Jump) * deltaV) / neuron.Velocity(x * deltaV);
            var allowed = 2e-12 * (1 + slope);
            var y = SmallArguments.ExpMinusOne(TimeAfter(pulse, theta));
            Assert.Equal(theta, excited + delay.Delay(excited), allowed);
            Assert.Equal(theta, SmallArguments.LogOnePlus(y + inhibition.At(y)), allowed);
        }

        Assert.InRange(compared, Points, int.MaxValue);
    }

    [Fact]
    public void ScalingByAPowerOfTwoScalesTheResultToTheBit()
    {
        using var pulse = new ExcitatoryPulse(new EifCurve(EifNeuron.With(100, 1, 1, 0.1)));
        const double Spiking = 1.3;
        for (var u = Spiking; u < 1e4; u *= 1.01)
        {
            foreach (var scale in (double[])[Math.Pow(2, -300), 0.5, 2, Math.Pow(2, 256)])
            {
                Assert.Equal(scale * pulse.Excited(u, Spiking), pulse.Excited(scale * u, scale * Spiking));
            }
        }
    }

    [Theory]
    [MemberData(nameof(EifNeuron.Parameters), MemberType = typeof(EifNeuron))]
    public void ATargetThatIsDueStaysDue(int k, double j0, double rate, double deltaV)
    {
        var curve = new EifCurve(EifNeuron.With(k, j0, rate, deltaV));
        using var advance = new ExcitatoryAdvance(curve);
        using var pulse = new ExcitatoryPulse(curve);

        Assert.Equal(0, advance.Advance(0));
        Assert.Equal(0.7, pulse.Excited(0.7, 0.7));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(100, 0, 1)]
    [InlineData(100, 0, 0)]
    public void PulsesOfNoStrengthLeaveEveryTimeToTheBit(int k, double j0, double rate)
    {
        var curve = new EifCurve(EifNeuron.With(k, j0, rate, 0.1));
        using var advance = new ExcitatoryAdvance(curve);
        using var pulse = new ExcitatoryPulse(curve);
        using var delay = EifLoops.DelayTable(curve);
        using var inhibition = EifLoops.PulseTable(curve);
        for (var theta = 1e-9; theta < 2 * curve.FarTime; theta *= 1.1)
        {
            Assert.Equal(theta, advance.Advance(theta));
            Assert.Equal(1 + theta, pulse.Excited(1 + theta, 1));
            Assert.Equal(0, delay.At(theta));
            Assert.Equal(0, inhibition.At(theta));
        }
    }

    [Theory]
    [InlineData(100, 1, 0.1, 6572235248438434697UL, 5066734299158861114UL)]
    [InlineData(1, 1, 0.01, 10401303547050318633UL, 18134030440610975725UL)]
    public void EveryMachineGivesTheSameBits(int k, double j0, double deltaV, ulong heap, ulong window)
    {
        var curve = new EifCurve(EifNeuron.With(k, j0, 1, deltaV));
        using var advance = new ExcitatoryAdvance(curve);
        using var pulse = new ExcitatoryPulse(curve);
        var (heapSum, windowSum) = (0UL, 0UL);
        for (var theta = 1.0 / (1L << 50); theta < 2 * curve.FarTime; theta *= 1.015625)
        {
            heapSum = (31 * heapSum) + BitConverter.DoubleToUInt64Bits(advance.Advance(theta));
            windowSum = (31 * windowSum) + BitConverter.DoubleToUInt64Bits(pulse.Excited(1.3 * (1 + theta), 1.3));
        }

        Assert.Equal((heap, window), (heapSum, windowSum));
    }

    private static double TimeAfter(ExcitatoryPulse pulse, double theta) =>
        SmallArguments.LogOnePlus(pulse.Excited(1 + SmallArguments.ExpMinusOne(theta), 1) - 1);

    // In units of ΔV: near the spike, near V = −E, and far below both.
    private static IEnumerable<double> Voltages(double jump) =>
    [
        .. Enumerable.Range(0, Points).Select(i => 30 - (90 * (i + 0.5) / Points)),
        .. Enumerable.Range(0, Points).Select(i => 50 - jump - (100 * (i + 0.5) / Points)).Where(x => x < 30),
        .. Enumerable.Range(0, Points).Select(i => -(60 + jump) * Math.Pow(2, 10.0 * i / Points)),
    ];
}
