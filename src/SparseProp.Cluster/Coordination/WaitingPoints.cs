namespace SparseProp.Cluster.Coordination;

/// <summary>
/// The points that no one works on: those never granted, found by a cursor over the plan, and those given back. An entry may have
/// gone stale, because a late result of the point came in; such entries are dropped when they come up.
/// </summary>
internal sealed class WaitingPoints(PointSet recorded, IReadOnlySet<long> recording)
{
    private readonly Queue<long> _givenBack = new();
    private readonly Queue<long> _suspects = new();
    private long _cursor;

    public void Add(long index) => _givenBack.Enqueue(index);

    /// <summary>Adds a point whose worker was lost. It is granted alone, so that a point that kills workers takes no others along.</summary>
    public void AddSuspect(long index) => _suspects.Enqueue(index);

    public bool TryTakeSuspect(out long index) => TryTake(_suspects, out index);

    public bool TryTake(out long index)
    {
        if (TryTake(_givenBack, out index))
        {
            return true;
        }

        for (_cursor = recorded.FirstMissing(_cursor); _cursor < recorded.Capacity; _cursor = recorded.FirstMissing(_cursor))
        {
            index = _cursor++;
            if (!recording.Contains(index))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryTake(Queue<long> queue, out long index)
    {
        while (queue.TryDequeue(out index))
        {
            if (!recorded.Contains(index) && !recording.Contains(index))
            {
                return true;
            }
        }

        return false;
    }
}
