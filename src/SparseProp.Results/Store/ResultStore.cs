using System.Globalization;
using SparseProp.Engine;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Index;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Root;

namespace SparseProp.Results.Store;

/// <summary>
/// A sweep's results on disk, and the only one who writes them. A record is safe when <see cref="Flush"/> has returned: whoever
/// waits for many records appends them all and flushes once. For use by one thread at a time.
/// </summary>
public sealed class ResultStore : IDisposable
{
    private readonly StoreLock _lock;
    private readonly SegmentWriter _writer;
    private readonly RecordIndex _index;
    private bool _disposed;

    private ResultStore(string folder, StoreLock @lock, Manifest manifest, EpochFence fence, StoreRecovery recovery, StoreOptions options)
    {
        _lock = @lock;
        _index = recovery.Index;
        _writer = new SegmentWriter(folder, manifest.Epoch, manifest.Bounds.FirstFile, fence, options);
        Folder = folder;
        Epoch = manifest.Epoch;
        Damage = recovery.Damage;
        TornTail = recovery.TornTail;
    }

    /// <summary>What follows the name of a results file that was damaged and is kept, but not read any more.</summary>
    public const string DamagedSuffix = ".damaged";

    /// <summary>Full path of the store's folder.</summary>
    public string Folder { get; }

    /// <summary>Number of this opening for writing, from 1.</summary>
    public long Epoch { get; }

    /// <summary>
    /// Unreadable parts of results files, found at opening. The points they held count as not done. The files are kept under names of their own,
    /// which end in <see cref="DamagedSuffix"/>.
    /// </summary>
    public IReadOnlyList<StoreDamage> Damage { get; }

    /// <summary>What a crash had left half written and was cut at opening, for the user; null where nothing was.</summary>
    public string? TornTail { get; }

    /// <summary>Points with a record, ok or failed.</summary>
    public long RecordedCount => _index.OkCount + _index.FailedCount;

    /// <summary>Points with a result.</summary>
    public long OkCount => _index.OkCount;

    /// <summary>Points that failed and have no result.</summary>
    public long FailedCount => _index.FailedCount;

    /// <summary>Repetitions that contradict a result, equal ones counted once.</summary>
    public long DivergentCount => _index.DivergentCount;

    /// <summary>
    /// The snapshots of points that run for long, beside the results. For a store that is in no <see cref="StoreRoot"/>; one object for each.
    /// </summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public CheckpointFolder OpenCheckpoints() => new(Folder, Epoch.ToString(CultureInfo.InvariantCulture));

    /// <summary>Opens the store in <paramref name="folder"/> for writing, and makes it where there is none.</summary>
    /// <exception cref="StoreLockedException">It is open for writing already.</exception>
    /// <exception cref="StoreException">
    /// The folder is no store, another sweep's store, of a later version, not writable, or its manifest is damaged.
    /// </exception>
    public static ResultStore Open(string folder, StoreIdentity identity, StoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(identity);
        options ??= new StoreOptions();
        folder = Path.GetFullPath(folder);
        StoreFolder.Prepare(folder);
        var @lock = StoreLock.Acquire(folder, StoreLock.OfStore, options.Time);
        try
        {
            // The epoch first: from here on a writer that does not respect the lock knows that it has lost the store.
            var manifest = BeginEpoch(folder, identity, options.Time.GetUtcNow());
            var recovery = StoreRecovery.Run(folder);
            try
            {
                var fence = new EpochFence(folder, manifest.Epoch);
                manifest = TakeOver(folder, manifest, fence, recovery);
                var store = new ResultStore(folder, @lock, manifest, fence, recovery, options);
                try
                {
                    store.SetDamagedAside();
                    return store;
                }
                catch
                {
                    store._writer.Dispose();
                    throw;
                }
            }
            catch
            {
                recovery.Index.Dispose();
                throw;
            }
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>What is recorded of a point, flushed or not; false where it is to be run.</summary>
    /// <exception cref="StoreException">The index on disk cannot be read or written; the store can only be closed.</exception>
    public bool TryGet(PointKey key, out RecordedPoint known) => _index.TryGet(key, out known);

    /// <summary>Whether this repetition, which contradicts the point's result, is recorded already.</summary>
    public bool HasDivergent(PointKey key, UInt128 digest) => _index.HasDivergent(key, digest);

    /// <summary>
    /// Adds a record if the point needs it. A point has one result, the first that came: an equal one is dropped, a different one kept
    /// as divergent. A failure gives way to any later record, and never replaces a result.
    /// </summary>
    /// <inheritdoc cref="Append(PointRecord)" path="/exception"/>
    public RecordOutcome Record(PointRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Record(RecordSummary.Of(record), PointRecordFormat.Serialize(record));
    }

    /// <summary>As <see cref="Record(PointRecord)"/>, of a record as it is on disk elsewhere: what only another release knows of it is kept.</summary>
    /// <inheritdoc cref="Append(PointRecord)" path="/exception"/>
    internal RecordOutcome Record(in RecordSummary summary, ReadOnlyMemory<byte> content)
    {
        if (!TryGet(summary.Key, out var known) || known.Status == PointStatus.Failed)
        {
            Append(summary, content);
            return RecordOutcome.Recorded;
        }

        if (summary.Status == PointStatus.Failed || summary.Digest == known.Digest)
        {
            return RecordOutcome.Duplicate;
        }

        if (!HasDivergent(summary.Key, summary.Digest))
        {
            Append(summary with { Status = PointStatus.Divergent }, RecordStatus.In(content, PointStatus.Divergent));
        }

        return RecordOutcome.Divergent;
    }

    /// <summary>Adds a record, which is safe after the next <see cref="Flush"/>.</summary>
    /// <exception cref="ArgumentException">The status disagrees with what the record holds.</exception>
    /// <exception cref="StoreException">
    /// It cannot be written; all since the last <see cref="Flush"/> is lost and the store can only be closed.
    /// </exception>
    public void Append(PointRecord record) => Append(RecordSummary.Of(record), PointRecordFormat.Serialize(record));

    /// <summary>Adds a record as it is on disk elsewhere.</summary>
    /// <inheritdoc cref="Append(PointRecord)" path="/exception"/>
    internal void Append(in RecordSummary summary, ReadOnlyMemory<byte> content)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _writer.Append(content.Span);
        _index.Add(summary);
    }

    /// <summary>Results files that are begun from now on also name the fields that only a later release knows, as these files do.</summary>
    /// <exception cref="StoreException">One cannot be read.</exception>
    internal void NameFieldsOf(IEnumerable<Segment> files) => _writer.NameFieldsOf(files);

    /// <summary>When it returns, every appended record survives a power failure.</summary>
    /// <exception cref="StoreException">
    /// They cannot be written; all since the last flush is lost and the store can only be closed.
    /// </exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _writer.Flush();
    }

    /// <summary>
    /// Writes the records that count, and contradicting ones, once more into new files, and then deletes the old ones with all that was
    /// superseded or repeated. A crash in between leaves repetitions, which count for nothing.
    /// </summary>
    /// <returns>Bytes of results before and after.</returns>
    /// <exception cref="StoreException">The store holds damage, which must not be deleted unseen, or cannot be written.</exception>
    public (long Before, long After) Compact()
    {
        Flush();
        if (Damage.Count > 0)
        {
            throw new StoreException(
                $"{Damage[0].Message}; {Path.GetFileName(Damage[0].File)} is set aside. Run the sweep again, which restores what is lost, before compacting.");
        }

        var old = ResultsFile.AllOf(Folder, out var before);
        NameFieldsOf(Segment.Of(Folder));

        // Byte for byte: a later release may have written what this one does not know.
        var kept = StoreReader.WalkEffective(Folder, onDamage: null)
            .Select(record => record.Reader)
            .Concat(StoreReader.WalkDivergent(Folder, onDamage: null))
            .GetEnumerator();
        using (kept)
        {
            _writer.BeginFile();
            while (kept.MoveNext())
            {
                _writer.Append(kept.Current.Content.Span);
            }
        }

        Flush();
        try
        {
            foreach (var file in old)
            {
                File.Delete(file.Path);
            }

            FolderSync.Flush(Folder);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The store {Folder} holds its records twice now, for old files cannot be deleted: {e.Message}", e);
        }

        ResultsFile.AllOf(Folder, out var after);
        return (before, after);
    }

    /// <summary>Flushes what was appended, and lets the next writer in.</summary>
    /// <exception cref="StoreException">It could not be flushed; the store is closed nevertheless.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            if (!_writer.HasFailed)
            {
                _writer.Flush();
            }
        }
        finally
        {
            _writer.Dispose();
            _index.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>
    /// Writes what is whole in damaged files once more, and gives these another name: what they lost is restored by running the sweep, and told
    /// once. A crash in between leaves repetitions, which count for nothing.
    /// </summary>
    private void SetDamagedAside()
    {
        foreach (var segment in Segment.Of(Folder).Where(segment => Damage.Any(part => part.File == segment.File.Path)))
        {
            NameFieldsOf([segment]);
            using (var records = new ResultsFileReader(segment))
            {
                while (records.MoveNext())
                {
                    if (records.Damage is null)
                    {
                        _writer.Append(records.Content.Span);
                    }
                }
            }

            _writer.Flush();
            try
            {
                File.Move(segment.File.Path, segment.File.Path + DamagedSuffix, overwrite: true);
                FolderSync.Flush(Folder);
            }
            catch (Exception e) when (StoreException.IsFileSystem(e))
            {
                throw StoreFolder.NotWritable(Folder, e);
            }
        }
    }

    private static Manifest BeginEpoch(string folder, StoreIdentity identity, DateTimeOffset now)
    {
        var previous = ManifestFile.Read(folder);
        if (previous is not null && previous.Sweep != identity.Sweep)
        {
            throw new StoreException(
                $"{folder} holds the results of the sweep '{previous.Sweep}', not of '{identity.Sweep}'. Choose another folder.");
        }

        // First of all: a manifest names no file that is not there.
        var archive = FileArchive.Of(folder);
        foreach (var file in identity.DataFiles)
        {
            archive.Keep(file, () => identity.OpenFile(file));
        }

        return Replace(folder, Manifest.Next(previous, identity, now));
    }

    /// <summary>From here on nothing counts that earlier writers append, and this one may.</summary>
    private static Manifest TakeOver(string folder, Manifest manifest, EpochFence fence, StoreRecovery recovery)
    {
        fence.Check();
        var taken = Replace(folder, manifest with { Bounds = recovery.BoundsAfter(manifest.Bounds, manifest.Epoch) });
        recovery.CutTornTail();
        FileArchive.Of(folder).KeepOnly(taken.DataFiles.Select(file => file.Sha256));
        return taken;
    }

    private static Manifest Replace(string folder, Manifest manifest)
    {
        try
        {
            ManifestFile.Replace(folder, manifest);
            return manifest;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw StoreFolder.NotWritable(folder, e);
        }
    }
}
