using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Inputs;

/// <summary>Given events, in the order of their ticks and then of their neurons.</summary>
internal sealed class GivenEvents : TimedEvents
{
    private readonly long[] _ticks;
    private readonly int[] _places;
    private int _next;

    /// <param name="seconds">When the events are.</param>
    /// <param name="places">Whose they are.</param>
    public GivenEvents(IReadOnlyList<double> seconds, IReadOnlyList<int> places)
    {
        _ticks = [.. seconds.Select(Ticks.Of)];
        _places = [.. places];
        var order = Enumerable.Range(0, _ticks.Length).OrderBy(i => _ticks[i]).ThenBy(i => _places[i]).ToArray();
        (_ticks, _places) = (Array.ConvertAll(order, i => _ticks[i]), Array.ConvertAll(order, i => _places[i]));
        Show();
    }

    public override long Bytes => _ticks.Length * 12L;

    public override void MoveNext()
    {
        _next++;
        Show();
    }

    public override long CountUpTo(long tick)
    {
        var count = _next;
        while (count > 0 && _ticks[count - 1] > tick)
        {
            count--;
        }

        while (count < _ticks.Length && _ticks[count] <= tick)
        {
            count++;
        }

        return count;
    }

    public override void Save(SnapshotWriter writer) => writer.Write(_next);

    public override void Restore(SnapshotReader reader)
    {
        _next = reader.ReadIndex(_ticks.Length);
        Show();
    }

    private void Show() => (Tick, Place) = _next < _ticks.Length ? (_ticks[_next], _places[_next]) : (Ticks.Never, 0);
}
