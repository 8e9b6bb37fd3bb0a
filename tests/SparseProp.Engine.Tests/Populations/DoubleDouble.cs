namespace SparseProp.Engine.Tests.Populations;

/// <summary>A number of some 31 digits, as the unevaluated sum of two doubles (Dekker 1971).</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    public static DoubleDouble Pi { get; } = new(3.141592653589793, 1.2246467991473532e-16);

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>Exact.</summary>
    public static DoubleDouble Of(long value)
    {
        var high = (double)(value >> 32) * 4294967296.0;
        return TwoSum(high, value & 0xFFFFFFFF);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var sum = TwoSum(a.High, b.High);
        var rest = TwoSum(a.Low, b.Low);
        sum = QuickTwoSum(sum.High, sum.Low + rest.High);
        return QuickTwoSum(sum.High, sum.Low + rest.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + (-b);

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = a.High * b.High;
        var error = Math.FusedMultiplyAdd(a.High, b.High, -product);
        return QuickTwoSum(product, error + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - (b * first);
        var second = rest.High / b.High;
        rest -= b * second;
        return QuickTwoSum(first, second) + (rest.High / b.High);
    }

    public static bool operator <(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    public static bool operator >(DoubleDouble a, DoubleDouble b) => b < a;

    public static bool operator <=(DoubleDouble a, DoubleDouble b) => !(b < a);

    public static bool operator >=(DoubleDouble a, DoubleDouble b) => !(a < b);

    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        var root = (DoubleDouble)Math.Sqrt(a.High);
        return a.High == 0 ? 0 : 0.5 * (root + (a / root));
    }

    public static DoubleDouble Exp(DoubleDouble a)
    {
        const int halvings = 9;
        if (a.High < -700)
        {
            return 0;
        }

        var twos = Math.Round(a.High / Ln2.High);
        var r = (a - (Ln2 * twos)) * Math.ScaleB(1, -halvings);

        // e^r − 1, which keeps its digits when it is squared.
        var (term, sum) = (r, r);
        for (var n = 2; n <= 14; n++)
        {
            term = term * r / n;
            sum += term;
        }

        for (var i = 0; i < halvings; i++)
        {
            sum = (2 * sum) + (sum * sum);
        }

        return (sum + 1) * Math.ScaleB(1, (int)twos);
    }

    public static DoubleDouble Log(DoubleDouble a)
    {
        var first = (DoubleDouble)Math.Log(a.High);
        var second = first + ((a * Exp(-first)) - 1);
        return second + ((a * Exp(-second)) - 1);
    }

    public static (DoubleDouble Cosine, DoubleDouble Sine) CosSin(DoubleDouble a)
    {
        const int halvings = 8;
        var r = a * Math.ScaleB(1, -halvings);
        var (sine, cosine, term) = ((DoubleDouble)0, (DoubleDouble)0, r);
        for (var n = 1; n <= 25; n += 2)
        {
            sine += term;
            term = -(term * r) / (n + 1);
            cosine += term;
            term = term * r / (n + 2);
        }

        // cos − 1 keeps its digits.
        for (var i = 0; i < halvings; i++)
        {
            (cosine, sine) = (-2 * sine * sine, 2 * sine * (1 + cosine));
        }

        return (1 + cosine, sine);
    }

    public static DoubleDouble Angle(DoubleDouble x, DoubleDouble y)
    {
        var angle = (DoubleDouble)Math.Atan2(y.High, x.High);
        for (var i = 0; i < 2; i++)
        {
            var (cosine, sine) = CosSin(angle);
            angle += ((y * cosine) - (x * sine)) / ((x * cosine) + (y * sine));
        }

        return angle;
    }

    /// <summary>The nearest whole number below 2^63.</summary>
    public long Round()
    {
        var whole = Math.Round(High);
        return (long)whole + (long)Math.Round((High - whole) + Low);
    }

    private static DoubleDouble TwoSum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    private static DoubleDouble QuickTwoSum(double a, double b)
    {
        var sum = a + b;
        return new(sum, b - (sum - a));
    }
}
