using System.CommandLine;
using SparseProp.Results.Filters;
using SparseProp.Results.Records;
using SparseProp.Results.Texts;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands.Results;

/// <summary>The points that a user asked for.</summary>
/// <param name="condition">See <see cref="RecordFilter"/>; null for all points.</param>
/// <param name="columns">What the points have.</param>
/// <param name="plan">
/// The sweep that the store was opened for last; null where that is not known. Of a network of one's own, only its points are taken: those of
/// earlier files may be of another network with the same values, which no column tells.
/// </param>
/// <exception cref="UserError">The text is no condition.</exception>
internal sealed class PointSelection(string? condition, RecordColumns columns, SweepPlan? plan = null)
{
    private readonly RecordFilter? _filter = condition is null ? null : Parse(condition, columns);
    private bool _anyMet;
    private bool _anySeen;
    private long _others;

    /// <summary>Whether no condition is made.</summary>
    public bool AreAll => _filter is null;

    /// <summary>That points were read and none was asked for, in words; null where it is not so.</summary>
    public string? NothingMet => _anySeen && !_anyMet ? $"--where: no point in the store meets '{condition}'" : null;

    /// <summary><c>--where</c>, whose value is the condition.</summary>
    public static Option<string?> Option() => new("--where")
    {
        Description = "Only points of which this holds: columns compared with values, joined by and, or, not.",
        HelpName = "CONDITION",
    };

    /// <summary>That points of earlier files were left out, in words; null where none were.</summary>
    public string? OthersLeftOut => _others == 0
        ? null
        : $"{Counted.Of(_others, "point is", "points are")} of another network, of an earlier file, and left out; results export has all";

    public IEnumerable<PointRecord> Of(IEnumerable<PointRecord> records)
    {
        _others = 0;
        foreach (var record in records)
        {
            _anySeen = true;
            if (plan?.Spec.Network is not null && !plan.TryIndexOf(record.Parameters, record.Key, out _))
            {
                _others++;
                continue;
            }

            if (_filter is null || _filter.Matches(record))
            {
                _anyMet = true;
                yield return record;
            }
        }
    }

    private static RecordFilter Parse(string condition, RecordColumns columns)
    {
        try
        {
            return RecordFilter.Parse(condition, columns);
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, $"--where: {error.Message}");
        }
    }
}
