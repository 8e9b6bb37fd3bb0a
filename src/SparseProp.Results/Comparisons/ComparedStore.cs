using SparseProp.Engine;
using SparseProp.Results.Index;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Comparisons;

/// <summary>One of two stores under comparison: where the record of each point is, and what else was found on the way.</summary>
internal sealed class ComparedStore : IDisposable
{
    private readonly EffectiveRecords _effective;
    private readonly RecordIndex _index;
    private readonly RecordsByPlace _records;
    private readonly Action<StoreDifference> _report;
    private long _duplicates, _damaged;

    /// <summary>Reads the store once.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="report">Is told of all that is wrong with the store by itself.</param>
    /// <exception cref="StoreException">It is no store, or cannot be read.</exception>
    public ComparedStore(string folder, Action<StoreDifference> report)
    {
        Folder = folder;
        _report = report;
        _effective = new EffectiveRecords(new PointTable(folder));
        _index = new RecordIndex(new PointTable(folder));
        _records = new RecordsByPlace(folder);
        try
        {
            foreach (var (reader, place) in StoreReader.Walk(folder, ReportDamage))
            {
                Add(reader.Summary, place);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Folder { get; }

    public StoreContents Contents =>
        new(_index.OkCount + _index.FailedCount, _index.FailedCount, _index.DivergentCount, _duplicates, _damaged);

    /// <summary>The records that count, in the order they were written; reads the store once more.</summary>
    public IEnumerable<PointRecord> Records()
    {
        foreach (var (reader, place) in StoreReader.Walk(Folder, onDamage: null))
        {
            if (_effective.Holds(reader.Summary.Key, place) && StoreReader.TryDecode(reader, ReportDamage, out var record))
            {
                yield return record;
            }
        }
    }

    public bool Has(PointKey key) => _effective.TryFind(key, out _);

    /// <summary>The record that counts for the point; null where there is none, or none that this release can read.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public PointRecord? Find(PointKey key) => _effective.TryFind(key, out var place) ? _records.Read(place) : null;

    public void Dispose()
    {
        _effective.Dispose();
        _index.Dispose();
        _records.Dispose();
    }

    private void Add(in RecordSummary summary, RecordPlace place)
    {
        _effective.Add(summary, place);
        if (summary.Status == PointStatus.Ok
            && _index.TryGet(summary.Key, out var known)
            && known == new RecordedPoint(PointStatus.Ok, summary.Digest))
        {
            _duplicates++;
            Report(StoreDifferenceKind.Duplicate, summary.Key, $"is recorded once more with the same result in {Folder}");
        }
        else if (_index.Add(summary))
        {
            Report(StoreDifferenceKind.Divergent, summary.Key, $"has a contradicting result, digest {summary.Digest:x32}, in {Folder}");
        }
    }

    private void Report(StoreDifferenceKind kind, PointKey key, string finding) =>
        _report(new StoreDifference(kind, key, $"point {key} {finding}"));

    private void ReportDamage(StoreDamage damage)
    {
        _damaged++;
        _report(new StoreDifference(StoreDifferenceKind.Damaged, null, damage.Message));
    }
}
