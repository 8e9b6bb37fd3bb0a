using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Tests.Arithmetic;

public sealed class NearOneTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(1e-17)]
    [InlineData(1e-12)]
    [InlineData(3e-7)]
    public void SmallNumbersKeepTheirDigits(double x)
    {
        // The next terms of both series are below 1e-20 relative.
        Assert.Equal(x * (1 + (x / 2 * (1 + (x / 3)))), NearOne.ExpMinusOne(x), 1e-15 * x);
        Assert.Equal(x * (1 - (x / 2 * (1 - (2 * x / 3)))), NearOne.LogOnePlus(x), 1e-15 * x);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(30)]
    public void OtherNumbersAreAsThePlatformHasThem(double x)
    {
        Assert.Equal(Math.Exp(x) - 1, NearOne.ExpMinusOne(x), 1e-14 * Math.Exp(x));
        Assert.Equal(Math.Log(1 + x), NearOne.LogOnePlus(x), 1e-15 * x);
    }
}
