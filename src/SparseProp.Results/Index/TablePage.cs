using System.Runtime.InteropServices;
using SparseProp.Results.Records;

namespace SparseProp.Results.Index;

/// <summary>
/// One page of a <see cref="PagedTable"/> in memory: how many entries it has, which page goes on where they are too many, then all keys,
/// all values and all statuses. In this machine's byte order, as no other ever reads it.
/// </summary>
internal sealed class TablePage
{
    private const int HeadBytes = 2 * sizeof(int);
    private const int WordsBytes = 2 * sizeof(ulong);
    private const int EntryBytes = (2 * WordsBytes) + 1;

    private readonly byte[] _bytes;

    public TablePage(int bytes)
    {
        _bytes = new byte[bytes];
        Capacity = CapacityOf(bytes);
    }

    public int Capacity { get; }

    public Span<byte> Bytes => _bytes;

    public int Count
    {
        get => Head[0];
        private set => Head[0] = value;
    }

    /// <summary>Number of the page that goes on; null where there is none.</summary>
    public int? Next
    {
        get => Head[1] == 0 ? null : Head[1] - 1;
        set => Head[1] = value is { } number ? number + 1 : 0;
    }

    public bool IsFull => Count == Capacity;

    private Span<int> Head => MemoryMarshal.Cast<byte, int>(_bytes.AsSpan(0, HeadBytes));

    private Span<PointWords> Keys => Words(0);

    private Span<PointWords> Values => Words(1);

    private Span<byte> Statuses => _bytes.AsSpan(HeadBytes + (2 * WordsBytes * Capacity), Capacity);

    public static int CapacityOf(int bytes) => (bytes - HeadBytes) / EntryBytes;

    public void Clear() => Head.Clear();

    /// <summary>Place of the key; -1 where it is not here.</summary>
    public int IndexOf(PointWords key)
    {
        var keys = Keys[..Count];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Low == key.Low && keys[i].High == key.High)
            {
                return i;
            }
        }

        return -1;
    }

    public PointWords KeyAt(int i) => Keys[i];

    public PointEntry this[int i]
    {
        get => new(Values[i], (PointStatus)Statuses[i]);
        set => (Values[i], Statuses[i]) = (value.Value, (byte)value.Status);
    }

    public void Add(PointWords key, PointEntry entry)
    {
        var i = Count++;
        Keys[i] = key;
        this[i] = entry;
    }

    private Span<PointWords> Words(int array) =>
        MemoryMarshal.Cast<byte, PointWords>(_bytes.AsSpan(HeadBytes + (array * WordsBytes * Capacity), WordsBytes * Capacity));
}
