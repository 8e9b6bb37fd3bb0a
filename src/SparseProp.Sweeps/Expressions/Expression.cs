namespace SparseProp.Sweeps.Expressions;

/// <summary>A part of an expression. Immutable.</summary>
/// <param name="At">Where it stands in the text, from 0; of an operation, where its operator does.</param>
internal abstract record Expression(int At)
{
    /// <summary>The value; NaN after noting in <paramref name="evaluation"/> why there is none.</summary>
    public abstract double ValueIn(Evaluation evaluation);

    /// <summary>What the value measures; null after noting what is wrong.</summary>
    public abstract Dimension? DimensionIn(DimensionCheck check);

    /// <summary>The expression with something else in the place of each name.</summary>
    public abstract Expression Replace(Func<NameExpression, Expression> names);

    /// <summary>The parts that it is made of.</summary>
    public abstract IEnumerable<Expression> Parts { get; }

    /// <summary>It, its parts, and theirs.</summary>
    public IEnumerable<Expression> All
    {
        get
        {
            // A long sum is as deep as it is long.
            var waiting = new Stack<Expression>([this]);
            while (waiting.TryPop(out var next))
            {
                yield return next;
                foreach (var part in next.Parts)
                {
                    waiting.Push(part);
                }
            }
        }
    }
}

/// <summary>A part without parts.</summary>
internal abstract record Atom(int At) : Expression(At)
{
    public sealed override IEnumerable<Expression> Parts => [];

    public override Expression Replace(Func<NameExpression, Expression> names) => this;
}

/// <summary>A number as it is written, perhaps with a unit.</summary>
internal sealed record NumberExpression(int At, string Text, string? UnitSymbol, int UnitAt) : Atom(At)
{
    private readonly Unit? _unit = UnitSymbol is null ? null : Unit.Find(UnitSymbol);
    private readonly double _value = (UnitSymbol is null ? null : Unit.Find(UnitSymbol))?.ValueOf(Text) ?? Bare.ValueOf(Text);

    // Seconds are as good as any unit whose numbers stand for themselves.
    private static Unit Bare { get; } = Unit.All[0];

    /// <summary>Whether it is a zero without unit, which is zero in every unit.</summary>
    public bool IsBareZero => UnitSymbol is null && _value == 0;

    public Dimension? Dimension => UnitSymbol is null ? Expressions.Dimension.None : _unit?.Dimension;

    public override double ValueIn(Evaluation evaluation) =>
        double.IsFinite(_value) ? _value : evaluation.Fail(this, $"{Text} is too large for a double-precision number");

    public override Dimension? DimensionIn(DimensionCheck check) =>
        Dimension ?? check.Fail(UnitAt, $"unknown unit `{UnitSymbol}`; units are {string.Join(", ", Unit.All.Select(unit => unit.Symbol))}, "
            + $"and a product is written {Text}*{UnitSymbol}");
}

/// <summary>A name that is to be looked up: of a parameter, or of a population and its key.</summary>
internal sealed record NameExpression(int At, string Name) : Atom(At)
{
    public override double ValueIn(Evaluation evaluation) => evaluation.Fail(this, $"{Name} was not looked up");

    public override Dimension? DimensionIn(DimensionCheck check) => check.DimensionOf(this);

    public override Expression Replace(Func<NameExpression, Expression> names) => names(this);
}

/// <summary>A value by its place among those that are being evaluated.</summary>
internal sealed record PlaceExpression(int At, string Name, int Place, Dimension Dimension) : Atom(At)
{
    public override double ValueIn(Evaluation evaluation) => evaluation.Values[Place];

    public override Dimension? DimensionIn(DimensionCheck check) => Dimension;
}

/// <summary>A column of a file: <c>file["name"]</c>.</summary>
internal sealed record ColumnExpression(int At, string Column) : Atom(At)
{
    public override double ValueIn(Evaluation evaluation) => evaluation.Column(this);

    public override Dimension? DimensionIn(DimensionCheck check) =>
        check.AllowsColumns ? Dimension.None : check.Fail(At, "no file is given here; a column can stand in a projection or population that has a `file`");
}
