using SparseProp.Engine.Arithmetic;

namespace SparseProp.Sweeps.Expressions;

/// <summary>Minus something.</summary>
internal sealed record Negation(int At, Expression Operand) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Operand];

    public override double ValueIn(Evaluation evaluation) => -Operand.ValueIn(evaluation);

    public override Dimension? DimensionIn(DimensionCheck check) => Operand.DimensionIn(check);

    public override Expression Replace(Func<NameExpression, Expression> names) => this with { Operand = Operand.Replace(names) };
}

/// <summary>A sum, difference, product or quotient.</summary>
internal sealed record Operation(int At, char Operator, Expression Left, Expression Right) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Left, Right];

    public override double ValueIn(Evaluation evaluation)
    {
        var left = Left.ValueIn(evaluation);
        var right = Right.ValueIn(evaluation);
        if (Operator == '/' && right == 0)
        {
            return evaluation.Fail(this, "division by zero");
        }

        return evaluation.Finite(this, Operator switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => left / right,
        });
    }

    public override Dimension? DimensionIn(DimensionCheck check) =>
        Left.DimensionIn(check) is not { } left || Right.DimensionIn(check) is not { } right ? null
        : Operator switch
        {
            '*' => left * right,
            '/' => left / right,
            _ => check.Common(At, Operator == '+' ? "added" : "subtracted", [(Left, left), (Right, right)]),
        };

    public override Expression Replace(Func<NameExpression, Expression> names) =>
        this with { Left = Left.Replace(names), Right = Right.Replace(names) };
}

/// <summary>A power.</summary>
internal sealed record Power(int At, Expression Base, Expression Exponent) : Expression(At)
{
    private const int LargestWhole = 1024;

    public override IEnumerable<Expression> Parts => [Base, Exponent];

    /// <summary>Base to the power of exponent, in the same bits on every machine.</summary>
    public static double Of(double value, double exponent)
    {
        if (exponent == Math.Floor(exponent) && Math.Abs(exponent) <= LargestWhole)
        {
            return exponent < 0 ? 1 / Whole(value, (int)-exponent) : Whole(value, (int)exponent);
        }

        return exponent == 0.5 ? Math.Sqrt(value) : Function.ExpOf(exponent * Function.LogOf(value));
    }

    public override double ValueIn(Evaluation evaluation)
    {
        var value = Base.ValueIn(evaluation);
        var exponent = Exponent.ValueIn(evaluation);
        return value == 0 && exponent < 0 ? evaluation.Fail(this, "division by zero")
            : value == 0 && exponent > 0 ? 0
            : evaluation.Finite(this, Of(value, exponent));
    }

    public override Dimension? DimensionIn(DimensionCheck check)
    {
        if (Base.DimensionIn(check) is not { } dimension || Exponent.DimensionIn(check) is not { } exponent)
        {
            return null;
        }

        if (exponent != Dimension.None)
        {
            return check.Fail(Exponent.At, $"an exponent must be a number, not {exponent}");
        }

        // What a power of a time is must be known before anything is evaluated.
        return dimension == Dimension.None ? dimension
            : Exponent.All.All(part => part is not (NameExpression or PlaceExpression or ColumnExpression))
                ? dimension.Power(Exponent.ValueIn(new Evaluation([])))
                : check.Fail(Exponent.At, $"the exponent of {dimension} must be written as a number");
    }

    public override Expression Replace(Func<NameExpression, Expression> names) =>
        this with { Base = Base.Replace(names), Exponent = Exponent.Replace(names) };

    private static double Whole(double value, int exponent)
    {
        var (product, square) = (1.0, value);
        for (var rest = exponent; rest > 0; rest >>= 1)
        {
            product = (rest & 1) != 0 ? product * square : product;
            square *= square;
        }

        return product;
    }
}

/// <summary>A function of something.</summary>
internal sealed record Call(int At, Function Function, IReadOnlyList<Expression> Arguments) : Expression(At)
{
    public override IEnumerable<Expression> Parts => Arguments;

    public override double ValueIn(Evaluation evaluation)
    {
        var value = Arguments[0].ValueIn(evaluation);
        for (var i = 1; i < Arguments.Count; i++)
        {
            value = Function.Fold!(value, Arguments[i].ValueIn(evaluation));
        }

        return evaluation.Finite(this, Function.Value(value));
    }

    public override Dimension? DimensionIn(DimensionCheck check)
    {
        var known = Arguments.Select(argument => (Argument: argument, Dimension: argument.DimensionIn(check))).ToList();
        if (known.Any(argument => argument.Dimension is null))
        {
            return null;
        }

        var common = check.Common(At, "compared", [.. known.Select(argument => (argument.Argument, argument.Dimension!.Value))]);
        return common is not { } dimension ? null
            : Function.TakesNumbers && dimension != Dimension.None ? check.Fail(Arguments[0].At, $"{Function.Name} takes a number, not {dimension}; divide by a unit first, such as 1 {dimension.Unit}")
            : Function.Dimension(dimension);
    }

    public override Expression Replace(Func<NameExpression, Expression> names) =>
        this with { Arguments = [.. Arguments.Select(argument => argument.Replace(names))] };
}

/// <summary>A function that expressions may call.</summary>
/// <param name="Name">How it is written.</param>
/// <param name="Value">Its value, of one argument or of what <paramref name="Fold"/> made of several.</param>
/// <param name="TakesNumbers">Whether its argument must have no dimension.</param>
/// <param name="Fold">Makes one argument of two; null where it takes one only.</param>
internal sealed record Function(string Name, Func<double, double> Value, bool TakesNumbers = false, Func<double, double, double>? Fold = null)
{
    // Where the engine's exponential and logarithm hold.
    private const double LargestExponent = 700;
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>All of them, in the order in which they are documented.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("sqrt", Math.Sqrt) { Dimension = dimension => dimension.Power(0.5) },
        new("exp", ExpOf, TakesNumbers: true),
        new("log", LogOf, TakesNumbers: true),
        new("min", value => value, Fold: Math.Min),
        new("max", value => value, Fold: Math.Max),
        new("abs", Math.Abs),
        new("round", value => Math.Round(value, MidpointRounding.AwayFromZero), TakesNumbers: true),
        new("floor", Math.Floor, TakesNumbers: true),
        new("ceil", Math.Ceiling, TakesNumbers: true),
    ];

    /// <summary>What its value measures, by what its argument does.</summary>
    public Func<Dimension, Dimension> Dimension { get; init; } = dimension => dimension;

    public static Function? Find(string name) => All.FirstOrDefault(function => function.Name == name);

    /// <summary>The exponential, in the same bits on every machine.</summary>
    public static double ExpOf(double x) =>
        x > LargestExponent ? double.PositiveInfinity : x < -LargestExponent ? 0 : ElementaryFunctions.Exp(x);

    /// <summary>The natural logarithm, in the same bits on every machine; NaN of what has none.</summary>
    public static double LogOf(double x) =>
        x >= SmallestNormal && double.IsFinite(x) ? ElementaryFunctions.Log(x) : double.NaN;
}
