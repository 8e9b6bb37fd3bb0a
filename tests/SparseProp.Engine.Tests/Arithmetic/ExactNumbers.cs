namespace SparseProp.Engine.Tests.Arithmetic;

/// <summary>Binary numbers in 28 decimal digits; the conversion of the language rounds to 15.</summary>
internal static class ExactNumbers
{
    public static decimal Of(double x)
    {
        if (x == 0)
        {
            return 0;
        }

        var e = Math.Max(0, 52 - Math.ILogB(x));
        var mantissa = (decimal)(long)Math.ScaleB(x, e);
        for (; e > 0; e -= 32)
        {
            mantissa /= 1L << Math.Min(e, 32);
        }

        return mantissa;
    }

    public static double Ulps(double actual, decimal exact) =>
        (double)Math.Abs(Of(actual) - exact) / (Math.BitIncrement(Math.Abs((double)exact)) - Math.Abs((double)exact));
}
