namespace SparseProp.Engine.Arithmetic;

/// <summary>
/// e^x − 1 and ln(1 + x) with small relative errors, also where x is far below 1, and with the same bits on every machine.
/// </summary>
/// <remarks>
/// Kahan's device: the error of the rounded e^x (or 1 + x) is a small change of x, which cancels in the quotient.
/// </remarks>
internal static class SmallArguments
{
    /// <summary>e^<paramref name="x"/> − 1 for |x| ≤ 700.</summary>
    public static double ExpMinusOne(double x)
    {
        var u = ElementaryFunctions.Exp(x);
        return u == 1 ? x : (u - 1) * (x / ElementaryFunctions.Log(u));
    }

    /// <summary>ln(1 + <paramref name="x"/>) for 0 ≤ x &lt; 2^1023.</summary>
    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : ElementaryFunctions.Log(u) * (x / (u - 1));
    }
}
