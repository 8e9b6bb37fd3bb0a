using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace SparseProp.Engine.Networks.Description;

/// <summary>
/// A network as text that is the same for equal networks: a line for the unit and for each population, projection and so on, in their
/// order; what has its default is left out, numbers are read as the same bits, and data stand for themselves by a hash of their content.
/// </summary>
public static class CanonicalText
{
    /// <summary>The text; its lines end with a line feed.</summary>
    public static string Of(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"network unit={Quoted(network.VoltageUnit)}\n");
        foreach (var population in network.Populations)
        {
            Append(text, population);
        }

        foreach (var projection in network.Projections)
        {
            Append(text, projection);
        }

        foreach (var input in network.Inputs)
        {
            Append(text, input);
        }

        foreach (var initial in network.Initial)
        {
            text.Append(CultureInfo.InvariantCulture, $"initial of={Of(initial.Of)} V={Of(initial.Potential)}\n");
        }

        foreach (var silenced in network.Silenced)
        {
            text.Append(CultureInfo.InvariantCulture, $"silence {Of(silenced)}\n");
        }

        return text.ToString();
    }

    /// <summary>XXH3-128 of the text in UTF-8.</summary>
    internal static UInt128 HashOf(NetworkDescription network) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(Of(network)));

    private static void Append(StringBuilder text, Population population)
    {
        var plain = new Population { Name = "", Model = population.Model, Size = 0 };
        text.Append(
            CultureInfo.InvariantCulture, $"population {Quoted(population.Name)} {Word(population.Model)} n={population.Size}");
        Add(text, "tau", population.Tau, plain.Tau);
        Add(text, "threshold", population.Threshold, plain.Threshold);
        Add(text, "reset", population.Reset, plain.Reset);
        Add(text, "rest", population.Rest, plain.Rest);
        Add(text, "drive", population.Drive, plain.Drive);
        Add(text, "refractory", population.Refractory, plain.Refractory);
        Add(text, "delta_v", population.DeltaV, plain.DeltaV);
        Add(text, "onset", population.Onset, plain.Onset);
        Add(text, "rate", population.Rate);
        Add(text, "spikes", population.Spikes?.ContentHash);
        foreach (var part in population.Overrides)
        {
            text.Append(CultureInfo.InvariantCulture, $" override={Of(part.Of)}:{Quoted(part.Key)}={Of(part.Value)}");
        }

        text.Append('\n');
    }

    private static void Append(StringBuilder text, Projection projection)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"projection {Quoted(projection.Name)} from={Of(projection.From)} to={Of(projection.To)} {Word(projection.Rule)}");
        Add(text, "amount", projection.Amount, 0);
        text.Append(projection.Autapses ? " autapses" : "").Append(projection.Multapses ? " multapses" : "");
        text.Append(CultureInfo.InvariantCulture, $" weight={Of(projection.Weight)} delay={Of(projection.Delay)}");
        Add(text, "edges", projection.Edges?.ContentHash);
        text.Append('\n');
    }

    private static void Append(StringBuilder text, ExternalInput input)
    {
        text.Append(CultureInfo.InvariantCulture, $"input {Quoted(input.Name)} to={Of(input.To)} {Word(input.Kind)}");
        Add(text, "course", input.Course);
        Add(text, "sources", input.Sources, 1);
        text.Append(input.Shared ? " shared" : "");
        Add(text, "weight", input.Weight, Quantity.Of(0));
        Add(text, "spikes", input.Spikes?.ContentHash);
        text.Append('\n');
    }

    private static void Add(StringBuilder text, string key, Quantity value, Quantity usual)
    {
        if (value.Values is not null || value != usual)
        {
            text.Append(CultureInfo.InvariantCulture, $" {key}={Of(value)}");
        }
    }

    private static void Add(StringBuilder text, string key, double value, double usual)
    {
        if (!value.Equals(usual))
        {
            text.Append(CultureInfo.InvariantCulture, $" {key}={Of(value)}");
        }
    }

    private static void Add(StringBuilder text, string key, string? contentHash)
    {
        if (contentHash is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" {key}={Quoted(contentHash)}");
        }
    }

    private static void Add(StringBuilder text, string key, TimeCourse course)
    {
        if (course.Sine is { } sine)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" {key}=sine({Of(sine.Mean)},{Of(sine.Amplitude)},{Of(sine.Frequency)},{Of(sine.Phase)})");
        }
        else if (!(course.IsConstant && course.Times[0] == 0 && course.Values[0] == 0))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" {key}=steps({string.Join(',', course.Times.Zip(course.Values, (time, value) => $"{Of(time)}:{Of(value)}"))})");
        }
    }

    private static string Of(Quantity quantity)
    {
        var bounds = double.IsNegativeInfinity(quantity.Min) && double.IsPositiveInfinity(quantity.Max)
            ? ""
            : $"[{Of(quantity.Min)},{Of(quantity.Max)}]";
        return quantity.Kind switch
        {
            QuantityKind.Constant => Of(quantity.First),
            QuantityKind.Listed => $"listed({HashOf<double>([.. quantity.Values ?? []])})",
            _ => $"{Word(quantity.Kind)}({Of(quantity.First)},{Of(quantity.Second)}){bounds}",
        };
    }

    private static string Of(Selection selection) =>
        selection.Neurons is { } neurons ? $"{Quoted(selection.Population)}[{HashOf<int>([.. neurons])}]"
        : selection.Fraction is { } fraction ? $"{Quoted(selection.Population)}[fraction {Of(fraction)}]"
        : Quoted(selection.Population);

    // Negative zero is zero: as a parameter they are the same.
    private static string Of(double value) => (value + 0.0).ToString("R", CultureInfo.InvariantCulture);

    private static string HashOf<T>(T[] values)
        where T : unmanaged =>
        XxHash128.HashToUInt128(MemoryMarshal.AsBytes(values.AsSpan())).ToString("x32", CultureInfo.InvariantCulture);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString();

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
