using SparseProp.Engine.Parameters;

namespace SparseProp.Sweeps.Axes;

/// <summary>The part of a range that a problem is about.</summary>
internal enum RangePart
{
    From,
    To,
    Steps,
}

/// <summary>A range as written: both ends, how many values, and whether their differences or their ratios are equal.</summary>
internal sealed record SteppedRange(bool IsInteger, ParameterValue From, ParameterValue To, long Steps, bool IsLog)
{
    /// <summary>Integer steps that are looked at one by one where geometric steps begin below one.</summary>
    private const int SmallStepsExamined = 10_000;

    /// <summary>A value between the ends costs about a microsecond to compute: the usual short range does so once.</summary>
    private const long LongestWrittenOut = 4096;

    private const string AskForFewer = "neighbouring values would be equal; use fewer steps or a wider range";

    private double FromNumber => IsInteger ? From.Whole : From.Real;

    private double ToNumber => IsInteger ? To.Whole : To.Real;

    /// <summary>Why the range has not that many distinct values; null where it has.</summary>
    public (RangePart Culprit, string Message)? Problem()
    {
        if (IsLog && FromNumber <= 0)
        {
            return (RangePart.From, "scale: log needs numbers above 0; use scale: linear or another begin");
        }

        if (IsLog && ToNumber <= 0)
        {
            return (RangePart.To, "scale: log needs numbers above 0; use scale: linear or another end");
        }

        if (From == To)
        {
            return Steps == 1
                ? null
                : (RangePart.Steps, $"{Steps} steps from a number to itself are the same value; write steps: 1 or another end");
        }

        if (Steps == 1)
        {
            return (RangePart.Steps, "one step cannot reach from one end to the other; steps must be at least 2");
        }

        return HasDistinctValues() ? null : (RangePart.Steps, $"{Steps} steps are too fine: {AskForFewer}");
    }

    /// <summary>The values, written out where they are few.</summary>
    public IAxisValues Values()
    {
        var values = Computed();
        return Steps <= LongestWrittenOut
            ? new ListedValues([.. Enumerable.Range(0, (int)Steps).Select(i => values[i])])
            : values;
    }

    private SteppedValues Computed()
    {
        var (from, to, steps) = (From, To, Steps);
        if (steps == 1)
        {
            return new(1, !IsInteger, _ => from);
        }

        return (IsInteger, IsLog) switch
        {
            (true, false) => new(steps, false, i => ParameterValue.Of(Spacing.LinearInteger(from.Whole, to.Whole, i, steps))),
            (true, true) => new(steps, false, i => ParameterValue.Of(Spacing.GeometricInteger(from.Whole, to.Whole, i, steps))),
            (false, false) => new(steps, true, i => ParameterValue.Of(Spacing.Linear(from.Real, to.Real, i, steps))),
            (false, true) => new(steps, true, i => ParameterValue.Of(Spacing.Geometric(from.Real, to.Real, i, steps))),
        };
    }

    private bool HasDistinctValues() => (IsInteger, IsLog) switch
    {
        (true, false) => Int128.Abs((Int128)To.Whole - From.Whole) >= Steps - 1,
        (true, true) => RelativeStep() > Spacing.FinestRelativeStep && SmallIntegerStepsAreDistinct(),
        (false, true) => RelativeStep() > Spacing.FinestRelativeStep,
        (false, false) => Math.Abs((ToNumber / (Steps - 1)) - (FromNumber / (Steps - 1)))
            > Spacing.FinestRelativeStep * Math.Max(Math.Abs(FromNumber), Math.Abs(ToNumber)),
    };

    private double RelativeStep() => Math.Abs(Math.Log(ToNumber) - Math.Log(FromNumber)) / (Steps - 1);

    /// <summary>
    /// Geometric gaps grow with the numbers: once a gap is above one, all later values are distinct too, so only the begin
    /// needs a look. Where it stays below one for long, the range counts as too fine.
    /// </summary>
    private bool SmallIntegerStepsAreDistinct()
    {
        var (low, high) = (Math.Min(From.Whole, To.Whole), Math.Max(From.Whole, To.Whole));
        var previous = low;
        for (long i = 1; i < Math.Min(Steps, SmallStepsExamined); i++)
        {
            var value = Spacing.GeometricInteger(low, high, i, Steps);
            if (value <= previous)
            {
                return false;
            }

            // Half a unit of rounding at either end: a rounded step of two is a real one above one.
            if (value - previous >= 2)
            {
                return true;
            }

            previous = value;
        }

        return Steps <= SmallStepsExamined;
    }
}
