using SparseProp.Engine;

namespace SparseProp.Results;

/// <summary>Where a record is.</summary>
/// <param name="File">Number of its results file.</param>
/// <param name="Offset">Where its frame begins.</param>
internal readonly record struct RecordPlace(int File, long Offset);

/// <summary>Where the record is that counts for each point: the first ok one, else the last failed one.</summary>
internal sealed class EffectiveRecords
{
    private readonly Dictionary<PointWords, (RecordPlace Place, PointStatus Status)> _places = [];

    public void Add(in RecordSummary summary, RecordPlace place)
    {
        var key = PointWords.Of(summary.Key.Value);
        var settled = _places.TryGetValue(key, out var known) && known.Status == PointStatus.Ok;
        if (summary.Status != PointStatus.Divergent && !settled)
        {
            _places[key] = (place, summary.Status);
        }
    }

    public bool Holds(PointKey key, RecordPlace place) =>
        _places.TryGetValue(PointWords.Of(key.Value), out var known) && known.Place == place;
}
