using System.Numerics;
using System.Runtime.InteropServices;
using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Index;

/// <summary>
/// Takes note of all records of a store in an empty index. Records of one point are told in the order they come, those of different
/// points in the order of their places: where the index is on disk, each of its pages is then needed once, not once per record.
/// Until then they wait on disk, in parts that are each small enough for memory.
/// </summary>
internal sealed class IndexRebuild : IDisposable
{
    // Few enough to be sorted in 3 MB; a part's last records are gathered until they fill a chunk.
    private const int PointsPerPart = 1 << 16;
    private const int MostParts = 512;
    private const int RecordsPerChunk = 512;

    private readonly RecordIndex _index;
    private readonly IndexFile? _file;
    private readonly Part[] _parts = [];
    private int _chunks;

    /// <param name="index">The index, which is empty.</param>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="expected">About how many records are to come.</param>
    /// <param name="memoryPoints">Up to how many the index takes at once.</param>
    /// <exception cref="StoreException">There is no room on disk.</exception>
    public IndexRebuild(RecordIndex index, string folder, long expected, int memoryPoints = PointTable.MemoryPoints)
    {
        _index = index;
        index.Expect(expected);
        if (expected > memoryPoints)
        {
            var parts = (uint)Math.Clamp(expected / PointsPerPart, 1, MostParts);
            _parts = [.. Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2(parts)).Select(_ => new Part())];
            _file = IndexFile.Create(folder, RecordsPerChunk * Marshal.SizeOf<Waiting>());
        }
    }

    /// <exception cref="StoreException">The index cannot be written.</exception>
    public void Add(in RecordSummary summary)
    {
        if (_file is null)
        {
            _index.Add(summary);
            return;
        }

        var waiting = Waiting.Of(summary);
        var part = _parts[PagedTable.HashOf(waiting.Key) & (uint)(_parts.Length - 1)];
        part.Last[part.LastCount++] = waiting;
        if (part.LastCount == RecordsPerChunk)
        {
            _file.Write(_chunks, MemoryMarshal.AsBytes(part.Last.AsSpan()));
            part.Chunks.Add(_chunks++);
            part.LastCount = 0;
        }
    }

    /// <summary>Tells the index of all records that wait.</summary>
    /// <exception cref="StoreException">The index cannot be written.</exception>
    public void Finish()
    {
        var most = _parts.Select(part => part.Count).DefaultIfEmpty().Max();
        var records = new Waiting[most];
        var places = new ulong[most];
        foreach (var part in _parts)
        {
            Gather(part, records);
            Tell(records.AsSpan(0, part.Count), places.AsSpan(0, part.Count));
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Gather(Part part, Waiting[] records)
    {
        var count = 0;
        foreach (var chunk in part.Chunks)
        {
            _file!.Read(chunk, MemoryMarshal.AsBytes(records.AsSpan(count, RecordsPerChunk)));
            count += RecordsPerChunk;
        }

        part.Last.AsSpan(0, part.LastCount).CopyTo(records.AsSpan(count));
    }

    private void Tell(ReadOnlySpan<Waiting> records, Span<ulong> places)
    {
        for (var i = 0; i < records.Length; i++)
        {
            // Among those of one place, and so of one point, the order in which they came.
            places[i] = ((ulong)_index.PlaceOf(records[i].ToSummary().Key) << 32) | (uint)i;
        }

        places.Sort();
        foreach (var place in places)
        {
            _index.Add(records[(int)(uint)place].ToSummary());
        }
    }

    private readonly record struct Waiting(PointWords Key, PointWords Digest, long Status)
    {
        public static Waiting Of(in RecordSummary summary) =>
            new(PointWords.Of(summary.Key.Value), PointWords.Of(summary.Digest), (long)summary.Status);

        public RecordSummary ToSummary() => new(new PointKey(Key.ToUInt128()), (PointStatus)Status, Digest.ToUInt128());
    }

    private sealed class Part
    {
        public List<int> Chunks { get; } = [];

        public Waiting[] Last { get; } = new Waiting[RecordsPerChunk];

        public int LastCount { get; set; }

        public int Count => (Chunks.Count * RecordsPerChunk) + LastCount;
    }
}
