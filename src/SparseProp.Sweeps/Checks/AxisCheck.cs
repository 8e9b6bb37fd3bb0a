using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Checks;

/// <summary>What must hold for the axes of a sweep together: no point twice, equal lengths in the zip, a size that can be run.</summary>
internal sealed class AxisCheck(SpecDraft draft, ErrorList errors)
{
    public void Run()
    {
        foreach (var axis in draft.Grid)
        {
            RefuseDuplicates(axis);
        }

        if (ZipLengthsAgree() && draft.Zip.Count > 0)
        {
            RefuseDuplicateRows();
        }

        LimitSize();
    }

    private void RefuseDuplicates(SweepAxis axis)
    {
        if (axis.Values.AreDistinct)
        {
            return;
        }

        for (long i = 0; i < axis.Count && !errors.Full; i++)
        {
            var first = axis.Values.IndexOf(axis.Values[i]);
            if (first != i)
            {
                errors.Add(
                    axis.PositionOf(i),
                    axis.Name,
                    $"the value {axis.TextAt(i)} stands twice, first at {axis.PositionOf(first)}; the points would be the same");
            }
        }
    }

    private bool ZipLengthsAgree()
    {
        if (draft.Zip.All(axis => axis.Count == draft.Zip[0].Count))
        {
            return true;
        }

        var lengths = string.Join(", ", draft.Zip.Select(axis => $"{axis.Name} has {axis.Count}"));
        var odd = draft.Zip.First(axis => axis.Count != draft.Zip[0].Count);
        errors.Add(odd.KeyAt, odd.Name, $"axes under `zip` move together and must be of one length: {lengths}");
        return false;
    }

    private void RefuseDuplicateRows()
    {
        var group = new AxisGroup(draft.Zip);
        foreach (var (first, second) in group.DuplicateRows())
        {
            var axis = draft.Zip[0];
            errors.Add(
                axis.PositionOf(second),
                axis.Name,
                $"the zipped values here are those at {axis.PositionOf(first)} again; the points would be the same");
        }
    }

    private void LimitSize()
    {
        Int128 points = 1;
        foreach (var axis in draft.Grid.Concat(draft.Zip.Take(1)))
        {
            points *= axis.Count;
            if (points > SizeLimit.Points)
            {
                errors.Add(
                    axis.KeyAt,
                    axis.Name,
                    $"with this axis the sweep has more than {SizeLimit.Text} points; use fewer values or split the sweep");
                return;
            }
        }
    }
}
