using CsCheck;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Tests.Arithmetic;

public sealed class SmallArgumentsTests
{
    private static readonly Gen<double> Small = from exponent in Gen.Double[-60, -4] select Math.Pow(2, exponent);

    [Fact]
    public void ExponentialMinusOneHasASmallRelativeErrorNearZero() => Small.Sample(
        x =>
        {
            var series = 1.0;
            for (var i = 9; i > 1; i--)
            {
                series = 1 + (series * x / i);
            }

            return Math.Abs((SmallArguments.ExpMinusOne(x) / (x * series)) - 1) < 1e-15;
        });

    [Fact]
    public void LogarithmOfOnePlusUndoesTheExponential()
    {
        Small.Sample(x => Math.Abs((SmallArguments.LogOnePlus(SmallArguments.ExpMinusOne(x)) / x) - 1) < 1e-15);
        Gen.Double[0.1, 30].Sample(x => Math.Abs((SmallArguments.LogOnePlus(SmallArguments.ExpMinusOne(x)) / x) - 1) < 3e-15);
    }

    [Fact]
    public void WhereNothingIsLostTheyAreTheOrdinaryFunctions() => Gen.Double[1, 30].Sample(
        x => Math.Abs((SmallArguments.ExpMinusOne(x) / (Math.Exp(x) - 1)) - 1) < 2e-15
            && Math.Abs((SmallArguments.LogOnePlus(x) / Math.Log(1 + x)) - 1) < 1e-15);

    [Fact]
    public void ZeroStaysZero()
    {
        Assert.Equal(0, SmallArguments.ExpMinusOne(0));
        Assert.Equal(0, SmallArguments.LogOnePlus(0));
    }
}
