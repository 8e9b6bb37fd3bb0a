using MessagePack;
using SparseProp.Results.Index;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>
/// Reads a store, also while it is written: what is appended meanwhile may be missing, and a half-written end is left out. Damage
/// is told to whoever asks, and the records around it are read; so is a half-written end where nobody writes.
/// </summary>
public static class StoreReader
{
    /// <exception cref="StoreException">There is no manifest, it is damaged or of a later version.</exception>
    public static Manifest ReadManifest(string folder) =>
        ManifestFile.Read(folder) ?? throw new StoreException($"{folder} is not a result store: it has no {ManifestFile.Name}.");

    /// <summary>What its network adds to the columns of its points; null for the published network.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static NetworkColumns? ReadNetwork(string folder)
    {
        try
        {
            return ReadManifest(folder).Network ?? NetworkColumns.In(Read(folder).FirstOrDefault());
        }
        catch (StoreException)
        {
            // Records can be read without a manifest, and tell all but units.
            return NetworkColumns.In(Read(folder).FirstOrDefault());
        }
    }

    /// <summary>The columns that its points have.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static RecordColumns ReadColumns(string folder) => RecordColumns.Of(ReadNetwork(folder));

    /// <summary>
    /// One record per point, in the order they were written: the first that is ok, else the last that failed. Reads the store twice,
    /// once for knowing which.
    /// </summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="onDamage">Is told of every unreadable part.</param>
    /// <param name="only">Only points whose record says so; null for all.</param>
    /// <exception cref="StoreException">The folder is no store, cannot be read, or is of a later version.</exception>
    public static IEnumerable<PointRecord> Read(string folder, Action<StoreDamage>? onDamage = null, PointStatus? only = null) =>
        ReadPlaced(folder, onDamage, only).Select(found => found.Record);

    /// <summary>As <see cref="Read"/>, each with its place.</summary>
    internal static IEnumerable<(PointRecord Record, RecordPlace Place)> ReadPlaced(
        string folder, Action<StoreDamage>? onDamage, PointStatus? only = null)
    {
        foreach (var (reader, place) in WalkEffective(folder, onDamage))
        {
            if ((only ?? reader.Summary.Status) == reader.Summary.Status && TryDecode(reader, onDamage, out var record))
            {
                yield return (record, place);
            }
        }
    }

    /// <summary>The records that contradict the one which counts, in the order they were written, equal ones once.</summary>
    /// <inheritdoc cref="Read" path="/param|/exception"/>
    public static IEnumerable<PointRecord> ReadDivergent(string folder, Action<StoreDamage>? onDamage = null)
    {
        foreach (var reader in WalkDivergent(folder, onDamage))
        {
            if (TryDecode(reader, onDamage, out var record))
            {
                yield return record;
            }
        }
    }

    /// <summary>Every record, in the order they were written, superseded and divergent ones among them.</summary>
    /// <inheritdoc cref="Read" path="/param|/exception"/>
    public static IEnumerable<PointRecord> ReadAll(string folder, Action<StoreDamage>? onDamage = null)
    {
        foreach (var (reader, _) in Walk(folder, onDamage))
        {
            if (TryDecode(reader, onDamage, out var record))
            {
                yield return record;
            }
        }
    }

    /// <summary>The records of <see cref="Read"/>, undecoded: those that only a later release can read are among them.</summary>
    /// <inheritdoc cref="Walk" path="/param|/exception"/>
    internal static IEnumerable<(ResultsFileReader Reader, RecordPlace Place)> WalkEffective(string folder, Action<StoreDamage>? onDamage)
    {
        using var effective = new EffectiveRecords(new PointTable(folder));
        foreach (var (reader, place) in Walk(folder, onDamage))
        {
            effective.Add(reader.Summary, place);
        }

        foreach (var (reader, place) in Walk(folder, onDamage: null))
        {
            if (effective.Holds(reader.Summary.Key, place))
            {
                yield return (reader, place);
            }
        }
    }

    /// <summary>The records of <see cref="ReadDivergent"/>, undecoded.</summary>
    /// <inheritdoc cref="Walk" path="/param|/exception"/>
    internal static IEnumerable<ResultsFileReader> WalkDivergent(string folder, Action<StoreDamage>? onDamage)
    {
        using var index = new RecordIndex(new PointTable(folder));
        foreach (var (reader, _) in Walk(folder, onDamage))
        {
            if (index.Add(reader.Summary))
            {
                yield return reader;
            }
        }
    }

    /// <summary>Every readable record, undecoded, in the order they were written; each is valid until the next is asked for.</summary>
    /// <inheritdoc cref="Read" path="/param|/exception"/>
    internal static IEnumerable<(ResultsFileReader Reader, RecordPlace Place)> Walk(string folder, Action<StoreDamage>? onDamage)
    {
        TellOfManifest(folder, onDamage);
        foreach (var segment in Segments(folder))
        {
            using var reader = new ResultsFileReader(segment);
            while (reader.MoveNext())
            {
                if (reader.Damage is null)
                {
                    yield return (reader, new RecordPlace(segment.File.Number, reader.Offset));
                }
                else if (!(reader.IsTornTail && segment.IsLast))
                {
                    onDamage?.Invoke(reader.Damage);
                }
                else if (onDamage is not null && reader.FileLength > 0 && !StoreLock.IsHeld(folder, StoreLock.OfStore))
                {
                    onDamage(reader.Damage with { IsAtEnd = true });
                }
            }
        }
    }

    /// <summary>Decodes the record that the walk has come to; false where a later release has written it, which is told.</summary>
    internal static bool TryDecode(
        ResultsFileReader reader,
        Action<StoreDamage>? onDamage,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PointRecord? record)
    {
        try
        {
            record = PointRecordFormat.Deserialize(reader.Content);
            return true;
        }
        catch (MessagePackSerializationException e)
        {
            // Undamaged by its checksum: a later release knows models or units that this one does not.
            onDamage?.Invoke(reader.DamageHere($"{e.Message.TrimEnd('.')}; a later release may have written it") with { IsForeign = true });
            record = null;
            return false;
        }
    }

    private static void TellOfManifest(string folder, Action<StoreDamage>? onDamage)
    {
        try
        {
            _ = onDamage is null ? null : ManifestFile.Read(folder);
        }
        catch (StoreException e)
        {
            onDamage!(new StoreDamage(ManifestFile.PathIn(folder), 0, 0, e.Message) { IsOfManifest = true });
        }
    }

    private static IReadOnlyList<Segment> Segments(string folder)
    {
        var segments = Segment.Of(folder);
        return segments.Count > 0 || File.Exists(ManifestFile.PathIn(folder))
            ? segments
            : throw new StoreException($"{folder} is not a result store: it has neither {ManifestFile.Name} nor results.");
    }
}
