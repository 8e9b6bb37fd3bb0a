using System.Runtime.InteropServices;

namespace SparseProp.Engine.Memory;

/// <summary>
/// Zeroed memory outside the managed heap, aligned to 64 bytes, of any length. Large buffers are mapped, not touched: pages
/// that are never used cost nothing. Pointers into it are valid until it is disposed, and nothing checks them.
/// </summary>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    // A cache line, and the widest vector.
    private const nuint Alignment = 64;

    private void* _allocation;

    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _allocation = NativeMemory.AllocZeroed(checked(((nuint)length * (nuint)sizeof(T)) + Alignment));
        Pointer = (T*)(((nuint)_allocation + Alignment - 1) & ~(Alignment - 1));
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
