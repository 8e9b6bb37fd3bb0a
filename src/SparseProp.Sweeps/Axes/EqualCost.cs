namespace SparseProp.Sweeps.Axes;

/// <summary>Finds the places of a digit that cost the same, whatever the other digits are.</summary>
internal static class EqualCost
{
    /// <summary>Rows of ranges up to this length are compared one by one, like all rows of lists; those of longer ranges all differ.</summary>
    private const long LongestCompared = 65_536;

    /// <summary>Groups of places whose values have the same effect on the cost.</summary>
    /// <param name="digit">The axis, or the axes that move together.</param>
    /// <param name="lastsSeconds">Whether burn-in or measurement are in seconds.</param>
    public static IPlaceGroups GroupsOf(AxisGroup digit, bool lastsSeconds)
    {
        var axes = digit.Axes.Where(axis => Varies(axis, lastsSeconds)).ToList();
        if (axes.Count == 0)
        {
            return new EvenBlocks(digit.Count, 1);
        }

        var isCompared = digit.Count <= LongestCompared || axes.All(axis => axis.Values is ListedValues);
        return isCompared ? CompareRows(axes, (int)digit.Count, lastsSeconds) : new EvenBlocks(digit.Count, digit.Count);
    }

    // The probes of an axis have its ends and every sign on it, which tells whether a range varies.
    private static bool Varies(SweepAxis axis, bool lastsSeconds) =>
        axis.Values.Probes.Select(i => axis.Parameter.CostKey(axis.Values[i], lastsSeconds)).Distinct().Skip(1).Any();

    private static IPlaceGroups CompareRows(List<SweepAxis> axes, int count, bool lastsSeconds)
    {
        var groups = new int[count];
        var found = new Dictionary<(int, long), int>();
        foreach (var axis in axes)
        {
            // Rows are of one group where they were after the axes before and this one does not tell them apart.
            found.Clear();
            for (var i = 0; i < count; i++)
            {
                var row = (groups[i], axis.Parameter.CostKey(axis.Values[i], lastsSeconds));
                if (!found.TryGetValue(row, out groups[i]))
                {
                    found[row] = groups[i] = found.Count;
                }
            }
        }

        return found.Count == count ? new EvenBlocks(count, count) : new ListedGroups(groups, found.Count);
    }
}
