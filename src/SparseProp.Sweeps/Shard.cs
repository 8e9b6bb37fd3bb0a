using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SparseProp.Sweeps;

/// <summary>
/// One of several parts of a plan, for machines that know nothing of each other: every point is in one of them, and they cost the
/// same but for one point.
/// </summary>
/// <remarks>
/// Points are dealt out like cards, the longest first. Of two shards each card of the one is then no longer than the card before of
/// the other, so that their estimated seconds differ by less than those of the longest point. Every n-th point of the plan would not do:
/// where the axis that runs fastest has n values, one shard would get all points of the largest.
/// </remarks>
public sealed record Shard
{
    /// <summary>The most parts.</summary>
    public const int MostParts = 1_000_000;

    /// <param name="number">Which it is, from 1 to <paramref name="parts"/>.</param>
    /// <param name="parts">How many there are, from 1 to <see cref="MostParts"/>. There may be more than points.</param>
    public Shard(int number, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, MostParts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, parts);
        (Number, Parts) = (number, parts);
    }

    /// <summary>Which it is, from 1 to <see cref="Parts"/>.</summary>
    public int Number { get; }

    /// <summary>How many there are.</summary>
    public int Parts { get; }

    /// <summary>Reads i/n.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Shard? shard)
    {
        ArgumentNullException.ThrowIfNull(text);
        shard = text.Split('/') is [var first, var second] && IsNumber(first, out var number) && IsNumber(second, out var parts)
            && number is > 0 && parts is > 0 and <= MostParts && number <= parts
            ? new Shard(number, parts)
            : null;
        return shard is not null;
    }

    /// <summary>The indices of its points in a plan, each once, in no order that means anything. No list of them is made.</summary>
    public IEnumerable<long> IndicesIn(SweepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Deal(new CostClasses(plan));
    }

    /// <summary>i/n.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Parts}");

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private IEnumerable<long> Deal(CostClasses classes)
    {
        var model = new CostModel();

        // All shards' machines must deal alike, and the last bit of a square root of theirs is not worth a point that runs nowhere.
        var longestFirst = Enumerable.Range(0, classes.Count).OrderByDescending(cls => (float)model.SecondsOf(classes.RepresentativeOf(cls)));
        var place = Number - 1L;
        foreach (var cls in longestFirst)
        {
            var size = classes.SizeOf(cls);
            for (; place < size; place += Parts)
            {
                yield return classes.IndexOf(cls, place);
            }

            place -= size;
        }
    }
}
