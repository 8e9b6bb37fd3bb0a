using SparseProp.Results.Manifests;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>Joins stores of one sweep, each of which holds some of its points, into one.</summary>
public static class StoreMerge
{
    /// <summary>
    /// Records all of <paramref name="sources"/> in the store in <paramref name="folder"/>, which is made where there is none: each point
    /// once, a result before a failure; results that contradict each other are kept as divergent. The sources stay as they are.
    /// </summary>
    /// <param name="folder">Folder of the store that they are joined in.</param>
    /// <param name="sources">Folders of the stores to join.</param>
    /// <param name="provenance">By what.</param>
    /// <param name="onUnfinished">Is told of records at the end of a source that a run left half written; they are passed over.</param>
    /// <returns>How many records were added, and how many repeat or contradict what was there.</returns>
    /// <exception cref="StoreException">The stores are of different sweeps, damaged, or cannot be read or written.</exception>
    public static (long Added, long Repeated, long Divergent) Into(
        string folder, IReadOnlyList<string> sources, RunProvenance provenance, Action<StoreDamage>? onUnfinished = null)
    {
        var manifests = sources.Select(StoreReader.ReadManifest).ToList();
        for (var i = 1; i < manifests.Count; i++)
        {
            if (manifests[i].SpecHash != manifests[0].SpecHash)
            {
                throw new StoreException(
                    $"{sources[0]} and {sources[i]} hold different sweeps ({manifests[0].Sweep} {manifests[0].SpecHash}, "
                    + $"{manifests[i].Sweep} {manifests[i].SpecHash}): only stores of the same sweep file can be joined.");
            }
        }

        if (sources.Any(source => Path.GetFullPath(source) == Path.GetFullPath(folder)))
        {
            throw new StoreException($"{folder} is one of the stores to join; choose another folder for the result.");
        }

        using var store = ResultStore.Open(folder, StoreIdentity.Of(sources[0], manifests[0], provenance));
        store.NameFieldsOf(sources.SelectMany(source => Segment.Of(source)));
        long added = 0, repeated = 0, divergent = 0;
        foreach (var source in sources)
        {
            var records = StoreReader.WalkEffective(source, Refuse(onUnfinished))
                .Select(found => found.Reader)
                .Concat(StoreReader.WalkDivergent(source, onDamage: null));
            foreach (var record in records)
            {
                switch (RecordFrom(store, record.Summary, record.Content))
                {
                    case RecordOutcome.Recorded:
                        added++;
                        break;
                    case RecordOutcome.Divergent:
                        divergent++;
                        break;
                    default:
                        repeated++;
                        break;
                }
            }
        }

        store.Flush();
        return (added, repeated, divergent);
    }

    // A failure says nothing where another is recorded already; a contradiction is one also where what it contradicts is elsewhere.
    private static RecordOutcome RecordFrom(ResultStore store, RecordSummary record, ReadOnlyMemory<byte> content)
    {
        if (record.Status == PointStatus.Failed && store.TryGet(record.Key, out _))
        {
            return RecordOutcome.Duplicate;
        }

        if (record.Status == PointStatus.Divergent && !store.TryGet(record.Key, out _))
        {
            store.Append(record, content);
            return RecordOutcome.Divergent;
        }

        return store.Record(record, content);
    }

    private static Action<StoreDamage> Refuse(Action<StoreDamage>? onUnfinished) => damage =>
    {
        if (!damage.IsAtEnd)
        {
            throw new StoreException($"{damage.Message}. Run the sweep again on that store, which restores what is lost, before joining it.");
        }

        onUnfinished?.Invoke(damage);
    };
}
