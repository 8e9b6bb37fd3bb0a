using System.CommandLine;
using SparseProp.Results.Filters;
using SparseProp.Results.Records;

namespace SparseProp.Cli.Commands.Results;

/// <summary>The points that a user asked for.</summary>
/// <param name="condition">See <see cref="RecordFilter"/>; null for all points.</param>
/// <param name="columns">What the points have.</param>
/// <exception cref="UserError">The text is no condition.</exception>
internal sealed class PointSelection(string? condition, RecordColumns columns)
{
    private readonly RecordFilter? _filter = condition is null ? null : Parse(condition, columns);
    private bool _anyMet;
    private bool _anySeen;

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

    public IEnumerable<PointRecord> Of(IEnumerable<PointRecord> records)
    {
        foreach (var record in records)
        {
            _anySeen = true;
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
