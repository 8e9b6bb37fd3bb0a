using System.Runtime.Serialization;

namespace SparseProp.Cluster.Tests.Serialization;

/// <summary>What bytes from anywhere may lead to: a message or a <see cref="SerializationException"/>, at bounded cost.</summary>
internal static class Reading
{
    private const long MostAllocatedBytes = 10_000_000;

    /// <summary>Reads, and fails on any other exception, another type of value, or an allocation beyond 10 MB.</summary>
    public static void AssertReadOrRefused<T>(Func<object> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.IsType<T>(read(), exactMatch: false);
        }
        catch (SerializationException)
        {
            // The one way in which bytes may be refused.
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocatedBytes);
    }

    /// <summary>Fails where it is not refused, or only after an allocation beyond 10 MB.</summary>
    public static void AssertRefused(Func<object> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SerializationException>(read);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocatedBytes);
    }
}
