using SparseProp.Results.Records;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Tables;

/// <summary>Counts points whose times are no measurement, because more threads than cores were at work.</summary>
internal sealed class ContendedTimes
{
    private static readonly string[] Timings = ["wall_s", "cpu_s", "setup_s", "ns_per_synaptic_event", "us_per_spike"];

    private long _timed;
    private long _contended;

    /// <summary>Passes the records on, looking at each.</summary>
    public IEnumerable<PointRecord> Looking(IEnumerable<PointRecord> records)
    {
        foreach (var record in records)
        {
            _timed += record.Cost is null ? 0 : 1;
            _contended += record.Cost is { Contended: true } ? 1 : 0;
            yield return record;
        }
    }

    /// <summary>What readers of these values must know.</summary>
    public IEnumerable<string> Notes(IReadOnlyList<RecordColumn> values)
    {
        if (_contended > 0 && values.Any(value => Timings.Contains(value.Name)))
        {
            yield return $"{_contended} of {Counted.Of(_timed, "point")} ran while more threads than cores were at work: {Counted.Word(_contended, "its time is", "their times are")} no measurement";
        }
    }
}
