using System.Globalization;
using CsCheck;
using SparseProp.Sweeps.Expressions;

namespace SparseProp.Sweeps.Tests.Expressions;

/// <summary>What is written with as few parentheses as the rules of precedence need means what it means with all of them.</summary>
public sealed class RandomExpressionTests
{
    private static readonly Gen<Written> Expressions = Gen.Recursive<Written>((depth, inner) => depth > 5
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (3, Gen.Select(Gen.Char["+-*/"], inner, inner, Binary)),
            (1, inner.Select(Negated)),
            (1, Gen.Select(inner, Gen.Int[0, 3], Raised)),
            (1, Gen.Select(inner, inner, Larger))));

    private static Gen<Written> Leaf => Gen.Int[1, 20].Select(n => new Written(n / 4.0, (n / 4.0).ToString(CultureInfo.InvariantCulture), 9));

    [Fact]
    public void TheValueIsThatOfTheFormula() => Expressions.Sample(written =>
    {
        var root = ExpressionGrammar.Read(written.Text, out _, out var message);
        Assert.True(root is not null || message.Contains("deeper", StringComparison.Ordinal) || written.Text.Length > ExpressionGrammar.MostLength, message);
        if (root is not null && double.IsFinite(written.Value))
        {
            Assert.Equal(written.Value, root.ValueIn(new Evaluation([])));
        }
    });

    // Sums bind at 1, products at 2, signs at 3, powers at 4.
    private static Written Binary(char symbol, Written a, Written b)
    {
        var binds = symbol is '+' or '-' ? 1 : 2;
        var value = symbol switch { '+' => a.Value + b.Value, '-' => a.Value - b.Value, '*' => a.Value * b.Value, _ => b.Value == 0 ? double.NaN : a.Value / b.Value };
        return new(value, $"{a.At(binds)} {symbol} {b.At(binds + 1)}", binds);
    }

    private static Written Negated(Written a) => new(-a.Value, $"-{a.At(3)}", 3);

    private static Written Raised(Written a, int n)
    {
        var value = 1.0;
        for (var i = 0; i < n; i++)
        {
            value *= a.Value;
        }

        return new(a.Value == 0 ? double.NaN : value, $"{a.At(5)}^{n}", 4);
    }

    private static Written Larger(Written a, Written b) => new(Math.Max(a.Value, b.Value), $"max({a.Text}, {b.Text})", 9);

    private sealed record Written(double Result, string Text, int Binds)
    {
        // What overflows on the way has no value, whatever comes of it.
        public double Value => double.IsFinite(Result) ? Result : double.NaN;

        public string At(int binds) => Binds < binds ? $"({Text})" : Text;
    }
}
