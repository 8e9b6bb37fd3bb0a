using System.Runtime.InteropServices;

namespace SparseProp.Engine.Memory;

/// <summary>
/// Zeroed memory outside the managed heap, of any length, aligned to cache lines or, where large, to huge pages. Large buffers
/// are mapped, not touched: pages that are never used cost nothing. Pointers into it are valid until it is disposed, and nothing
/// checks them.
/// </summary>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    // A cache line, and the widest vector.
    private const nuint SmallAlignment = 64;

    private void* _allocation;

    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        var bytes = checked((nuint)length * (nuint)sizeof(T));
        var alignment = bytes >= 2 * HugePages.Size ? HugePages.Size : SmallAlignment;
        _allocation = NativeMemory.AllocZeroed(checked(bytes + alignment));
        Pointer = (T*)(((nuint)_allocation + alignment - 1) & ~(alignment - 1));
        if (alignment == HugePages.Size)
        {
            HugePages.Advise(Pointer, bytes);
        }
    }

    ~NativeBuffer() => Free();

    public T* Pointer { get; private set; }

    public long Length { get; }

    public long Bytes => Length * sizeof(T);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>A larger buffer with the same beginning; this one is disposed.</summary>
    public NativeBuffer<T> GrownTo(long length)
    {
        var grown = new NativeBuffer<T>(length);
        Buffer.MemoryCopy(Pointer, grown.Pointer, grown.Bytes, Bytes);
        Dispose();
        return grown;
    }

    private void Free()
    {
        NativeMemory.Free(_allocation);
        _allocation = null;
        Pointer = null;
    }
}
