using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Tests.Arithmetic;

public sealed unsafe class ChebyshevTests
{
    [Fact]
    public void PointsAreTheZerosOfTheChebyshevPolynomial()
    {
        var chebyshev = new Chebyshev(7);
        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(Math.Cos(Math.PI * ((2 * i) + 1) / 14), chebyshev.Points[i], 4e-16);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(24)]
    [InlineData(201)]
    public void APolynomialBelowTheNumberOfPointsIsReproduced(int count)
    {
        // T_j(cos x) = cos jx
        double Polynomial(double s) => 0.5 + Math.Cos((count - 1) * Math.Acos(s)) - (count > 2 ? 2 * s : 0);
        var chebyshev = new Chebyshev(count);
        var values = chebyshev.Points.ToArray().Select(Polynomial).ToArray();
        var coefficients = new double[count];
        chebyshev.Transform(values, coefficients);
        fixed (double* pointer = coefficients)
        {
            for (var s = -1.0; s <= 1; s += 0.01)
            {
                Assert.Equal(Polynomial(s), Chebyshev.Evaluate(pointer, count, s), 1e-15 * count * count);
            }
        }
    }

    [Fact]
    public void AnalyticFunctionsAreApproximatedToTheLastDigits()
    {
        var chebyshev = new Chebyshev(24);
        var coefficients = new double[24];
        chebyshev.Transform([.. chebyshev.Points.ToArray().Select(s => Math.Log(1.5 + (0.5 * s)))], coefficients);
        fixed (double* pointer = coefficients)
        {
            for (var s = -1.0; s <= 1; s += 0.01)
            {
                Assert.Equal(Math.Log(1.5 + (0.5 * s)), Chebyshev.Evaluate(pointer, 24, s), 1e-15);
            }
        }
    }
}
