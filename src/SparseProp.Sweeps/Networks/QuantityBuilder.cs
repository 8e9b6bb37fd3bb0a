using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Makes quantities and functions of time of evaluated numbers.</summary>
internal sealed class QuantityBuilder(double[] values, Action<Position, string, string> fail, Action<Position, string, string> doubt)
{
    /// <summary>Beyond so many standard deviations, nothing is ever drawn.</summary>
    private const double Farthest = 6;

    public double ValueOf(Slot slot) => slot.Place < 0 ? slot.Default : values[slot.Place];

    /// <summary>The quantity; null after noting what is wrong with it.</summary>
    public Quantity? Build(ValueTemplate template, DataTable? table = null)
    {
        switch (template.Kind)
        {
            case QuantityKind.Constant:
                var constant = Quantity.Of(ValueOf(template.First!));
                CheckUnit(template, constant);
                return constant;
            case QuantityKind.Listed:
                var listed = template.Columns!.Evaluate(values, table!, (at, message) => fail(at, template.Name, message));
                return listed is null ? null : new Quantity(QuantityKind.Listed, 0) { Values = listed };
            default:
                var quantity = new Quantity(
                    template.Kind,
                    ValueOf(template.First!),
                    ValueOf(template.Second!),
                    template.Min is { } min ? ValueOf(min) : double.NegativeInfinity,
                    template.Max is { } max ? ValueOf(max) : double.PositiveInfinity);
                if (FaultOf(template, quantity) is { } fault)
                {
                    fail(template.At, template.Name, fault);
                    return null;
                }

                CheckUnit(template, quantity);
                return quantity;
        }
    }

    /// <summary>The function of time; null after noting what is wrong with it.</summary>
    public TimeCourse? Build(CourseTemplate template)
    {
        if (template.Constant is { } constant)
        {
            return TimeCourse.Constant(ValueOf(constant));
        }

        if (template.Sine is { } parts)
        {
            var sine = new Sine(ValueOf(parts[0]), ValueOf(parts[1]), ValueOf(parts[2]), ValueOf(parts[3]));
            if (template.IsRate && sine.Mean < Math.Abs(sine.Amplitude))
            {
                fail(template.At, template.Name, Text($"the rate falls below 0: the amplitude {Math.Abs(sine.Amplitude)} Hz is more than the mean {sine.Mean} Hz"));
                return null;
            }

            return new TimeCourse { Sine = sine };
        }

        var (times, steps) = (new List<double>(), new List<double>());
        foreach (var (timeSlot, valueSlot) in template.Steps)
        {
            var time = ValueOf(timeSlot);
            if (times.Count > 0 && time <= times[^1])
            {
                fail(timeSlot.At, template.Name, Text($"the steps' times must ascend: {time} s comes after {times[^1]} s"));
                return null;
            }

            times.Add(time);
            steps.Add(ValueOf(valueSlot));
        }

        // Before the first step there is nothing.
        return new TimeCourse
        {
            Times = times[0] > 0 ? [0, .. times] : times,
            Values = times[0] > 0 ? [0, .. steps] : steps,
        };
    }

    /// <summary>The least and the largest value that can be drawn.</summary>
    public static (double Least, double Largest) RangeOf(Quantity quantity) => quantity.Kind switch
    {
        QuantityKind.Constant => (quantity.First, quantity.First),
        QuantityKind.Uniform => (Math.Max(quantity.First, quantity.Min), Math.Min(quantity.Second, quantity.Max)),
        QuantityKind.Listed when quantity.Values!.Count > 0 => (quantity.Values.Min(), quantity.Values.Max()),
        QuantityKind.Listed => (0, 0),
        _ when quantity.Second == 0 => (quantity.First, quantity.First),

        // A lognormal value is above 0.
        QuantityKind.Lognormal => (Math.Max(double.Epsilon, quantity.Min), quantity.Max),
        _ => (quantity.Min, quantity.Max),
    };

    // Mostly a number without unit that was meant in ms.
    private void CheckUnit(ValueTemplate template, Quantity quantity)
    {
        if (template.Rule.Plausible?.DoubtAbout(template.Name, quantity.First) is { } text)
        {
            doubt(template.At, template.Name, text);
        }
    }

    private static string? FaultOf(ValueTemplate template, Quantity quantity)
    {
        if (quantity.Min > quantity.Max)
        {
            return Text($"min {quantity.Min} is above max {quantity.Max}");
        }

        if (quantity.Kind == QuantityKind.Uniform && quantity.First > quantity.Second)
        {
            return Text($"uniform from {quantity.First} to {quantity.Second} runs downwards; write the smaller first");
        }

        if (quantity.Kind == QuantityKind.Lognormal && quantity.First <= 0)
        {
            return Text($"a lognormal mean must be above 0, not {quantity.First}");
        }

        var (least, largest) = RangeOf(quantity);
        var reach = Farthest * quantity.Second;
        var isOutOfReach = quantity.Kind switch
        {
            QuantityKind.Normal => quantity.Min > quantity.First + reach || quantity.Max < quantity.First - reach,
            QuantityKind.Lognormal => quantity.Max <= 0,
            _ => least > largest,
        };
        if (isOutOfReach)
        {
            return "min and max leave nothing to draw";
        }

        return template.Rule.Fault(least) is { } low ? $"what is drawn {low}; add min"
            : template.Rule.Fault(largest) is { } high ? $"what is drawn {high}; add max"
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
