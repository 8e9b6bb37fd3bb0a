using CsCheck;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class PointQueueTests
{
    private const int Classes = 4;

    [Theory]
    [InlineData(PointOrder.LongestFirst)]
    [InlineData(PointOrder.FileOrder)]
    internal void GivesEachWaitingPointOnceAndInOrder(PointOrder order) => Gen.Select(
        Gen.Int[0, Classes - 1].Array[1, 30], Gen.Int[0, int.MaxValue].Array[0, 150]).Sample((points, steps) =>
    {
        var work = new ListedWorkload(points, [.. Enumerable.Range(0, Classes).Select(@class => (1.0 + @class, new Sweeps.PointMemory(1, 1)))]);
        var model = new Model(work, order);
        foreach (var step in steps)
        {
            model.Step(step);
        }
    });

    /// <summary>A list of what waits, and of what was given back in which order.</summary>
    private sealed class Model
    {
        private readonly ListedWorkload _work;
        private readonly PointOrder _order;
        private readonly PointQueue _queue;
        private readonly HashSet<long> _waiting;
        private readonly HashSet<long> _taken = [];
        private readonly List<long> _givenBack = [];
        private readonly List<long> _suspects = [];

        public Model(ListedWorkload work, PointOrder order)
        {
            (_work, _order) = (work, order);
            _waiting = [.. Enumerable.Range(0, (int)work.Points).Select(index => (long)index)];
            _queue = new PointQueue(work, order, _waiting.Contains);
        }

        public void Step(int step)
        {
            var pick = step >> 3;
            switch (step & 7)
            {
                case 0 when _taken.Count > 0:
                    GiveBack(Pick(_taken, pick), _givenBack, _queue.Add);
                    break;
                case 1 when _taken.Count > 0:
                    GiveBack(Pick(_taken, pick), _suspects, _queue.AddSuspect);
                    break;
                case 2 when _waiting.Count > 0:
                    // Its result came in meanwhile.
                    var done = Pick(_waiting, pick);
                    _waiting.Remove(done);
                    Forget(done);
                    break;
                case 3:
                    _work.Estimate(pick % Classes, 1 + (pick / Classes % 100));
                    break;
                case 4:
                    Check(_queue.TryTakeSuspect(index => IsAllowed(pick, index), out var suspect), suspect, ExpectedSuspect(pick));
                    break;
                default:
                    var scan = 0;
                    Check(_queue.TryTake(@class => (pick >> @class & 1) == 0, ref scan, out var index), index, Expected(pick));
                    break;
            }
        }

        private bool IsAllowed(int mask, long index) => (mask >> _work.ClassOf(index) & 1) == 0;

        private long? ExpectedSuspect(int mask) => First(_suspects.Where(index => IsAllowed(mask, index)));

        private long? Expected(int mask)
        {
            if (First(_givenBack.Where(index => IsAllowed(mask, index))) is { } givenBack)
            {
                return givenBack;
            }

            var fresh = _waiting.Except(_givenBack).Except(_suspects);
            return _order == PointOrder.FileOrder
                ? First(fresh.Order()) is { } next && IsAllowed(mask, next) ? next : null
                : First(fresh
                    .Where(index => IsAllowed(mask, index))
                    .OrderByDescending(index => _work.SecondsOf(_work.ClassOf(index)))
                    .ThenBy(_work.ClassOf)
                    .ThenBy(index => index));
        }

        private void Check(bool took, long index, long? expected)
        {
            Assert.Equal(expected, took ? index : null);
            if (took)
            {
                _waiting.Remove(index);
                _taken.Add(index);
                Forget(index);
            }
        }

        private void GiveBack(long index, List<long> list, Action<long> add)
        {
            _taken.Remove(index);
            _waiting.Add(index);
            list.Add(index);
            add(index);
        }

        private void Forget(long index)
        {
            _givenBack.Remove(index);
            _suspects.Remove(index);
        }

        private static long? First(IEnumerable<long> points) => points.Select(index => (long?)index).FirstOrDefault();

        private static long Pick(HashSet<long> from, int pick) => from.Order().ElementAt(pick % from.Count);
    }
}
