using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Checks;

/// <summary>Finds values that can be simulated but are far from what is usual, mostly for they were written in another unit.</summary>
public static class Plausibility
{
    private const string Length = "seconds";

    /// <summary>What is doubtful about a point: the parameter, and why.</summary>
    public static IEnumerable<(string Parameter, string Doubt)> DoubtsAbout(SimulationParameters point)
    {
        ArgumentNullException.ThrowIfNull(point);
        foreach (var parameter in AxisParameters.OfSimulations.Where(parameter => parameter.IsReadBy(point.Model)))
        {
            if (parameter.Plausible?.DoubtAbout(parameter.Name, parameter.Get(point).Real) is { } doubt)
            {
                yield return (parameter.Name, doubt);
            }
        }

        foreach (var (name, length) in (IEnumerable<(string, RunLength)>)[("stop", point.Stop), ("burn_in", point.BurnIn)])
        {
            if (DoubtAbout(length) is { } doubt)
            {
                yield return (name, doubt);
            }
        }
    }

    /// <summary>What is doubtful about a sweep, at the first place where it is.</summary>
    internal static IEnumerable<(Position At, string Key, string Doubt)> DoubtsAbout(SpecDraft draft)
    {
        foreach (var axis in draft.All.Where(axis => axis.Parameter.Plausible is not null))
        {
            // The values of a range lie between its ends.
            var places = axis.IsRange ? [0, axis.Count - 1] : Enumerable.Range(0, (int)axis.Count).Select(place => (long)place);
            foreach (var place in places)
            {
                if (axis.Parameter.Plausible!.DoubtAbout(axis.Name, axis.Values[place].Real) is { } doubt)
                {
                    yield return (axis.PositionOf(place), axis.Name, doubt);
                    break;
                }
            }
        }

        foreach (var (key, given) in (IEnumerable<(string, (RunLength Length, Position At)?)>)[("stop", draft.Stop), ("burn_in", draft.BurnIn)])
        {
            if (given is { } length && DoubtAbout(length.Length) is { } doubt)
            {
                yield return (length.At, key, doubt);
            }
        }
    }

    private static string? DoubtAbout(RunLength length) =>
        length.Unit == RunUnit.Seconds ? PlausibleRange.SimulatedTime.DoubtAbout(Length, length.Amount) : null;
}
