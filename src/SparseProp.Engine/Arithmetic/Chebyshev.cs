using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Arithmetic;

/// <summary>
/// Polynomials on [−1, 1] as Chebyshev series through the first-kind points of one number, with the same bits on every machine.
/// </summary>
internal sealed class Chebyshev
{
    private const double HalfPi = 1.5707963267948966;

    private readonly double[] _points;
    private readonly double[] _transform;

    /// <param name="count">Number of points and of terms, at least 1.</param>
    public Chebyshev(int count)
    {
        _points = new double[count];
        _transform = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            _points[i] = CosineOfQuarters((2 * i) + 1, count);
            for (var j = 0; j < count; j++)
            {
                _transform[(j * count) + i] = CosineOfQuarters(j * ((2L * i) + 1), count) * ((j == 0 ? 1.0 : 2.0) / count);
            }
        }
    }

    /// <summary>The zeros of T_count, falling from near 1 to near −1.</summary>
    public ReadOnlySpan<double> Points => _points;

    /// <summary>
    /// Writes the coefficients c of the polynomial Σ c_j T_j of lowest degree that takes these <paramref name="values"/> at
    /// <see cref="Points"/>.
    /// </summary>
    [MethodImpl(Compile.AtOnce)]
    public void Transform(ReadOnlySpan<double> values, Span<double> coefficients)
    {
        for (var j = 0; j < _points.Length; j++)
        {
            var sum = 0.0;
            for (var i = 0; i < _points.Length; i++)
            {
                sum += values[i] * _transform[(j * _points.Length) + i];
            }

            coefficients[j] = sum;
        }
    }

    /// <summary>Σ c_j T_j(<paramref name="s"/>) by Clenshaw's recurrence; at least one coefficient.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static unsafe double Evaluate(double* coefficients, int count, double s)
    {
        var (next, afterNext) = (0.0, 0.0);
        for (nint j = count - 1; j > 0; j--)
        {
            (next, afterNext) = (coefficients[j] + (2 * s * next) - afterNext, next);
        }

        return coefficients[0] + (s * next) - afterNext;
    }

    /// <summary>cos(π/2 · <paramref name="numerator"/>/<paramref name="denominator"/>), reduced in integers.</summary>
    private static double CosineOfQuarters(long numerator, long denominator)
    {
        var turn = numerator % (4 * denominator);
        turn = Math.Min(turn, (4 * denominator) - turn);
        var sign = 1.0;
        if (turn > denominator)
        {
            turn = (2 * denominator) - turn;
            sign = -1;
        }

        return 2 * turn <= denominator
            ? sign * Series(HalfPi * turn / denominator, 1, 0)
            : sign * Series(HalfPi * (denominator - turn) / denominator, HalfPi * (denominator - turn) / denominator, 1);
    }

    // The Taylor series of cosine (from order 0) or sine (from order 1) for 0 ≤ x ≤ π/4; eleven terms are beyond double precision.
    private static double Series(double x, double first, int order)
    {
        var square = x * x;
        var (sum, term) = (0.0, 1.0);
        for (var i = 1; i <= 10; i++)
        {
            var n = (2 * i) + order;
            term *= -square / (n * (n - 1));
            sum += term;
        }

        return first + (first * sum);
    }
}
