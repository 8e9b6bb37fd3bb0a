using CsCheck;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Neurons;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>Each equation against the same in twice the digits.</summary>
public sealed class MembraneTests
{
    [Fact]
    public void Leaky() => Check(PopulationModel.Lif, default(LeakyMembrane), Gen.Double[-40, 19.9], Gen.Double[-10, 60], Gen.Const(20.0), 500);

    [Fact]
    public void Quadratic() => Check(
        PopulationModel.Qif, default(QuadraticMembrane), Gen.OneOf(Gen.Double[-20, 11.9], Gen.Const(double.NegativeInfinity)),
        Gen.OneOf(Gen.Double[-4, 4], Gen.Const(0.0), Gen.Double[-1e-6, 1e-6]), Gen.OneOf(Gen.Const(12.0), Gen.Const(double.PositiveInfinity)), 500);

    [Fact]
    public void Exponential() => Check(
        PopulationModel.Eif, new ExponentialMembrane(1.5, 12), Gen.Double[-40, 24], Gen.Double[-10, 60], Gen.OneOf(Gen.Const(25.0), Gen.Const(double.PositiveInfinity)), 100);

    private static void Check<TMembrane>(PopulationModel model, TMembrane membrane, Gen<double> v, Gen<double> drive, Gen<double> threshold, int count)
        where TMembrane : struct, IMembrane => Gen.Select(v, drive, threshold, Gen.Double.Unit).Sample(
        (from, current, to, share) =>
        {
            var precise = new PreciseMembrane(model, current, 1.5, 12);
            var expected = precise.TimeTo(from, to)?.High ?? double.PositiveInfinity;
            var found = membrane.TimeTo(from, to, current);

            // Where it hardly passes, errors grow with the time.
            Assert.Equal(double.IsInfinity(expected), double.IsInfinity(found));
            if (double.IsFinite(expected))
            {
                Assert.Equal(expected, found, 1e-13 * Math.Max(1, expected) * Math.Max(1, expected));
                Assert.True(membrane.TimeAtLeast(from, to, current) <= found);
            }

            var time = share * Math.Min(expected, 5);
            var (after, right) = (membrane.After(from, time, current), precise.After(from, time).High);
            var left = precise.TimeTo(right, to)?.High ?? 1;
            if (time > 1e-9 && left > 1e-3)
            {
                // V and the time that is left are as good as each other.
                Assert.Equal(right, after, 1e-12 * Math.Max(1, Math.Abs(right)) * Math.Max(1, right * right) * Math.Max(1, 1 / left));
            }
        },
        iter: count, threads: 1);
}
