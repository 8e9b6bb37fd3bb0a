using CsCheck;
using SparseProp.Engine.Training.Optimisation;

namespace SparseProp.Engine.Tests.Training;

public sealed class AdamTests
{
    [Fact]
    public void AStepIsThatOfThePaper() =>
        Gen.Double[-10, 10].Array[1, 30].Sample(gradients =>
        {
            var adam = new Adam(1);
            double[] found = [0.5];
            var (m, v, expected) = (0.0, 0.0, 0.5);
            for (var t = 1; t <= gradients.Length; t++)
            {
                var g = gradients[t - 1];
                adam.Step(found, [g], rate: 0.1);
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g * g);
                expected -= 0.1 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8);
            }

            Assert.Equal(expected, found[0], tolerance: 1e-12 * gradients.Length);
        });

    [Fact]
    public void TheFirstStepHasTheSizeOfTheRateWhateverTheGradient() =>
        Gen.Double[1e-4, 1e4].Sample(size =>
        {
            double[] parameters = [1, 1, 1];

            new Adam(3).Step(parameters, [size, -size, 0], rate: 0.25);

            Assert.Equal(0.75, parameters[0], tolerance: 1e-4);
            Assert.Equal(1.25, parameters[1], tolerance: 1e-4);
            Assert.Equal(1, parameters[2]);
        });

    [Fact]
    public void ItFindsTheBottomOfABowlOfVeryUnequalSides()
    {
        var adam = new Adam(2);
        double[] x = [3, -2];
        for (var i = 0; i < 2000; i++)
        {
            adam.Step(x, [2 * 100 * (x[0] - 1), 2 * 0.1 * (x[1] + 1)], rate: 0.05 * Math.Pow(0.995, i));
        }

        Assert.Equal(1, x[0], tolerance: 1e-3);
        Assert.Equal(-1, x[1], tolerance: 1e-3);
    }

    [Fact]
    public void AGradientThatIsTooLongIsShortenedAndKeepsItsDirection() =>
        Gen.Select(Gen.Double[-100, 100].Array[1, 20], Gen.Double[0.01, 200]).Sample((gradient, longest) =>
        {
            var before = gradient.ToArray();
            var norm = Norms.Clip(gradient, longest);

            Assert.Equal(Math.Sqrt(before.Sum(g => g * g)), norm, tolerance: 1e-9);
            Assert.Equal(Math.Min(norm, longest), Norms.Of(gradient), tolerance: 1e-9);
            for (var i = 0; i < before.Length; i++)
            {
                Assert.Equal(before[i] * Math.Min(norm, longest), gradient[i] * norm, tolerance: 1e-6);
            }
        });

    [Fact]
    public void ZeroClipsNothing()
    {
        double[] gradient = [3e8, -4e8];

        Assert.Equal(5e8, Norms.Clip(gradient, longest: 0));
        Assert.Equal([3e8, -4e8], gradient);
    }
}
