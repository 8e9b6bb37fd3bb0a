namespace SparseProp.Engine.Arithmetic;

/// <summary>
/// Exponential and logarithm where their difference from 1 is what counts, after W. Kahan: what rounding takes from 1 + x it
/// takes from logarithm and difference alike, so their quotient keeps its digits. Errors are a few units in the last place.
/// </summary>
internal static class NearOne
{
    /// <summary>e^<paramref name="x"/> − 1 for 0 ≤ x ≤ 700.</summary>
    public static double ExpMinusOne(double x)
    {
        var power = ElementaryFunctions.Exp(x);
        return power == 1 ? x : (power - 1) * x / ElementaryFunctions.Log(power);
    }

    /// <summary>ln(1 + <paramref name="x"/>) for x ≥ 0.</summary>
    public static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : ElementaryFunctions.Log(sum) * x / (sum - 1);
    }
}
