using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// How much memory a worker's points may come to claim at once: the largest claims among all that it holds, one for each slot.
/// </summary>
internal sealed class MemoryRoom
{
    private readonly CrewMember _worker;

    // The largest claims, as many as there are slots; the smallest of them comes up first.
    private readonly PriorityQueue<long, long> _largest = new();
    private long _claimed;

    public MemoryRoom(CrewMember worker)
    {
        _worker = worker;
        foreach (var claim in worker.Leases.SelectMany(lease => lease.Open.Values))
        {
            Add(claim);
        }
    }

    public long ClaimOf(PointMemory memory) => memory.ClaimIn(_worker.MemoryBytes, _worker.Slots);

    /// <summary>Whether one more point fits, whichever of the worker's points run together.</summary>
    public bool Fits(long claim)
    {
        if (_largest.Count < _worker.Slots)
        {
            return _claimed + claim <= _worker.MemoryBytes;
        }

        // A worker that came back with more than it should hold gets nothing before it has room, however small.
        var smallest = _largest.Peek();
        return _claimed - smallest + Math.Max(claim, smallest) <= _worker.MemoryBytes;
    }

    public void Add(long claim)
    {
        if (_largest.Count < _worker.Slots)
        {
            _largest.Enqueue(claim, claim);
            _claimed += claim;
        }
        else if (claim > _largest.Peek())
        {
            _claimed += claim - _largest.EnqueueDequeue(claim, claim);
        }
    }
}
