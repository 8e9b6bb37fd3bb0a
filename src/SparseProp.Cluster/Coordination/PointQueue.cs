namespace SparseProp.Cluster.Coordination;

/// <summary>
/// The points of a sweep that no one works on: those never granted, found by a cursor over each class, and those given back. A point
/// of which a result came in meanwhile is passed over when it comes up.
/// </summary>
/// <param name="work">The sweep's points.</param>
/// <param name="order">Which go first.</param>
/// <param name="isWaiting">Whether a point has neither a result nor someone who works on it.</param>
internal sealed class PointQueue(IWorkload work, PointOrder order, Func<long, bool> isWaiting)
{
    private readonly LinkedList<long> _givenBack = new();
    private readonly LinkedList<long> _suspects = new();
    private readonly long[] _cursors = new long[work.Classes];
    private readonly int[] _ranking = [.. Enumerable.Range(0, work.Classes)];
    private int _first;
    private int _revision = -1;
    private long _fileCursor;

    public void Add(long index) => _givenBack.AddLast(index);

    /// <summary>Adds a point whose worker was lost. It is granted alone, so that a point that kills workers takes no others along.</summary>
    public void AddSuspect(long index)
    {
        // It may have been given back before its worker was found to be lost.
        _givenBack.Remove(index);
        _suspects.AddLast(index);
    }

    /// <summary>Takes the first point whose worker was lost and that is allowed.</summary>
    public bool TryTakeSuspect(Func<long, bool> allowed, out long index) => TryTake(_suspects, allowed, out index);

    /// <summary>Takes the first point whose class is allowed: given back ones before others, then by <see cref="PointOrder"/>.</summary>
    /// <param name="allowed">Whether a point of a class may be taken; what it forbids it must go on to forbid.</param>
    /// <param name="scan">Where the search goes on; 0 at first. Classes that were forbidden are not asked about again.</param>
    /// <param name="index">The point.</param>
    public bool TryTake(Func<int, bool> allowed, ref int scan, out long index) =>
        (_givenBack.Count > 0 && TryTake(_givenBack, point => allowed(work.ClassOf(point)), out index))
        || (order == PointOrder.FileOrder ? TryTakeInFileOrder(allowed, out index) : TryTakeLongest(allowed, ref scan, out index));

    private bool TryTakeLongest(Func<int, bool> allowed, ref int scan, out long index)
    {
        Rank();
        for (scan = Math.Max(scan, _first); scan < _ranking.Length; scan++)
        {
            var @class = _ranking[scan];
            if (!TryAdvance(@class, out index))
            {
                // Exhausted classes gather at the front, where no search looks again.
                Array.Copy(_ranking, _first, _ranking, _first + 1, scan - _first);
                _ranking[_first++] = @class;
            }
            else if (allowed(@class))
            {
                _cursors[@class]++;
                return true;
            }
        }

        index = -1;
        return false;
    }

    /// <summary>Moves the cursor of a class to its next waiting point, without taking it.</summary>
    private bool TryAdvance(int @class, out long index)
    {
        for (var size = work.SizeOf(@class); _cursors[@class] < size; _cursors[@class]++)
        {
            index = work.IndexOf(@class, _cursors[@class]);
            if (isWaiting(index))
            {
                return true;
            }
        }

        index = -1;
        return false;
    }

    private bool TryTakeInFileOrder(Func<int, bool> allowed, out long index)
    {
        for (; _fileCursor < work.Points; _fileCursor++)
        {
            index = _fileCursor;
            if (isWaiting(index))
            {
                if (!allowed(work.ClassOf(index)))
                {
                    return false;
                }

                _fileCursor++;
                return true;
            }
        }

        index = -1;
        return false;
    }

    private bool TryTake(LinkedList<long> points, Func<long, bool> allowed, out long index)
    {
        for (var node = points.First; node is not null;)
        {
            var next = node.Next;
            index = node.Value;
            if (!isWaiting(index))
            {
                points.Remove(node);
            }
            else if (allowed(index))
            {
                points.Remove(node);
                return true;
            }

            node = next;
        }

        index = -1;
        return false;
    }

    private void Rank()
    {
        if (_revision != work.Revision)
        {
            _revision = work.Revision;
            Array.Sort(_ranking, _first, _ranking.Length - _first, Comparer<int>.Create(Compare));
        }
    }

    private int Compare(int a, int b) =>
        work.SecondsOf(b).CompareTo(work.SecondsOf(a)) is var longest && longest != 0 ? longest : a.CompareTo(b);
}
