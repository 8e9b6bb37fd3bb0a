using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>
/// Makes room for the replicates that <c>until</c> may ask for: the seeds become the zip, which runs fastest, and go on by 1 from the
/// largest that the file names.
/// </summary>
internal static class ReplicateAxes
{
    /// <returns>How many replicates are run in any case.</returns>
    public static int Extend(SpecDraft draft, UntilDraft until, ErrorList errors)
    {
        if (draft.Zip.FirstOrDefault(axis => !axis.IsReplicate) is { } other)
        {
            errors.Add(other.KeyAt, other.Name, "with `until`, the zip is for the seeds alone; write other axes under `grid`");
            return 0;
        }

        var inGrid = draft.Grid.Where(axis => axis.IsReplicate).ToList();
        if (inGrid.Count + draft.Zip.Count > 1 && inGrid.Count > 0)
        {
            errors.Add(inGrid[0].KeyAt, inGrid[0].Name, "with `until`, seeds move together; write both under `zip`");
            return 0;
        }

        draft.Grid.RemoveAll(axis => axis.IsReplicate);
        draft.Zip.AddRange(inGrid);
        if (draft.Zip.Count == 0)
        {
            AddSeeds(draft, until, errors);
        }

        if (draft.Zip.Count == 0)
        {
            return 0;
        }

        var given = draft.Zip[0].Count;
        if (given > until.MostReplicates)
        {
            errors.Add(until.At, "until", $"the file names {given} seeds, more than max_replicates = {until.MostReplicates}");
            return 0;
        }

        for (var i = 0; i < draft.Zip.Count && draft.Zip[i].Count == given; i++)
        {
            draft.Zip[i] = Extended(draft.Zip[i], until.MostReplicates);
        }

        return Math.Min(until.MostReplicates, (int)Math.Max(Until.FewestFirst, given));
    }

    // Seeds that the file fixes stay as they are; one that may move is enough.
    private static void AddSeeds(SpecDraft draft, UntilDraft until, ErrorList errors)
    {
        var seeds = draft.HasNetwork ? AxisParameters.OfNetworks : [SimulationParameter.SeedIc, SimulationParameter.SeedNet];
        foreach (var seed in seeds.Where(seed => draft.Find(seed.Name) is null))
        {
            draft.Zip.Add(new SweepAxis(seed, new ListedValues([seed.Default]), AxisPositions.OfList(until.At, [until.At])));
        }

        if (draft.Zip.Count == 0)
        {
            errors.Add(until.At, "until", "all seeds are fixed, so there are no replicates; leave one out");
        }
    }

    private static SweepAxis Extended(SweepAxis axis, int most)
    {
        var values = new List<ParameterValue>(most);
        var largest = long.MinValue;
        for (var i = 0L; i < axis.Count; i++)
        {
            values.Add(axis.Values[i]);
            largest = Math.Max(largest, axis.Values[i].Whole);
        }

        while (values.Count < most)
        {
            values.Add(ParameterValue.Of(unchecked(++largest)));
        }

        var last = axis.PositionOf(axis.Count - 1);
        return new SweepAxis(axis.Parameter, new ListedValues(values), new AxisPositions(axis.KeyAt, axis.PositionOf(0), last, last));
    }
}
