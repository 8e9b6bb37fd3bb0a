using CsCheck;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Tests.Arithmetic;

public sealed unsafe class RotationsTests
{
    [Fact]
    public void CosinesAndSinesAreWithinTwoUnitsInTheLastPlaceOfOne() => Gen.Double[0, Math.PI].Array[8].Sample(
        angles =>
        {
            var (cosines, sines) = CosSin(angles);

            // The system's functions are off by at most one unit themselves.
            return angles.Zip(cosines, (a, c) => Math.Abs(Math.Cos(a) - c)).Max() <= 3.4e-16
                && angles.Zip(sines, (a, s) => Math.Abs(Math.Sin(a) - s)).Max() <= 3.4e-16;
        },
        iter: 20_000);

    [Fact]
    public void NoRotationIsExactAndQuartersAreNearlySo()
    {
        var (cosines, sines) = CosSin([0, Math.PI / 2, Math.PI, 0]);

        Assert.Equal([1, 0, -1, 1], cosines.Select(c => Math.Round(c, 15)));
        Assert.Equal([0, 1, 0, 0], sines.Select(s => Math.Round(s, 15)));
        Assert.Equal((1, 0), (cosines[0], sines[0]));
    }

    private static (double[] Cosines, double[] Sines) CosSin(double[] angles)
    {
        var (cosines, sines) = (new double[angles.Length], new double[angles.Length]);
        fixed (double* a = angles, c = cosines, s = sines)
        {
            Rotations.CosSin(a, c, s, angles.Length);
        }

        return (cosines, sines);
    }
}
