using System.Globalization;
using System.Text;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>A column of a file that is being read, and then its fields.</summary>
internal abstract class DataColumn
{
    public abstract int Count { get; }

    /// <summary>Takes the next field.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public abstract string? Add(ReadOnlySpan<byte> field);

    protected static string Shown(ReadOnlySpan<byte> field) => Excerpt.Of(Encoding.UTF8.GetString(field));
}

/// <summary>Finite numbers.</summary>
internal sealed class NumberColumn : DataColumn
{
    public List<double> Values { get; } = [];

    public override int Count => Values.Count;

    public override string? Add(ReadOnlySpan<byte> field)
    {
        if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return field.IsEmpty ? "a number is missing" : $"`{Shown(field)}` is not a finite number";
        }

        Values.Add(value);
        return null;
    }
}

/// <summary>Names.</summary>
internal sealed class TextColumn : DataColumn
{
    public List<string> Values { get; } = [];

    public override int Count => Values.Count;

    public override string? Add(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
        {
            return "a name is missing";
        }

        Values.Add(Encoding.UTF8.GetString(field));
        return null;
    }
}

/// <summary>Neurons of a population, by the names that a file gives them or by their numbers; kept as numbers from 0.</summary>
internal sealed class NeuronColumn(Labels? labels, bool isOneBased) : DataColumn
{
    public List<int> Values { get; } = [];

    /// <summary>The row of the largest number; −1 where there is no row.</summary>
    public int LargestAt { get; private set; } = -1;

    public int Largest => LargestAt < 0 ? -1 : Values[LargestAt];

    public override int Count => Values.Count;

    public override string? Add(ReadOnlySpan<byte> field)
    {
        var first = isOneBased ? 1 : 0;
        var number = -1;
        if (labels is not null)
        {
            number = labels.NumberOf(field);
        }
        else if (int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var written))
        {
            number = Math.Max(-1, written - first);
        }

        if (number < 0)
        {
            return labels is not null
                ? $"`{Shown(field)}` is not among the {labels.Count} neurons of {labels.File}"
                : $"`{Shown(field)}` is no number of a neuron, counted from {first}; if neurons have names, give the population `ids: FILE`";
        }

        LargestAt = number > Largest ? Count : LargestAt;
        Values.Add(number);
        return null;
    }
}

/// <summary>A column that is asked for.</summary>
/// <param name="Key">What it is for.</param>
/// <param name="Names">What it may be called, of which the first that the header has is taken; empty for the first column.</param>
/// <param name="Column">What takes its fields.</param>
internal sealed record ColumnRequest(string Key, IReadOnlyList<string> Names, DataColumn Column);
