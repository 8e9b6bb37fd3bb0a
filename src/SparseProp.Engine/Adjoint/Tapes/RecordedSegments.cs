namespace SparseProp.Engine.Adjoint.Tapes;

/// <summary>The record of a run within a budget: first the notes of its earliest parts go, then snapshots between them.</summary>
internal sealed class RecordedSegments(long budget)
{
    private int _firstWithTape;

    public List<RecordedSegment> All { get; private set; } = [];

    public long Bytes { get; private set; }

    public void Add(NetworkState? begin, TapeSegment tape)
    {
        All.Add(new RecordedSegment(begin, tape, tape.Sources.Count));
        Bytes += tape.Bytes + (begin?.Bytes ?? 0);
        for (; Bytes > budget && _firstWithTape < All.Count; _firstWithTape++)
        {
            Bytes -= All[_firstWithTape].Tape!.Bytes;
            All[_firstWithTape] = All[_firstWithTape] with { Tape = null };
        }

        if (Bytes > budget && All.Count > 2)
        {
            JoinPairs();
        }
    }

    private void JoinPairs()
    {
        All =
        [
            .. All.Chunk(2).Select(pair => pair.Length == 1
                ? pair[0]
                : new RecordedSegment(pair[0].Begin, Tape: null, pair[0].Events + pair[1].Events)),
        ];
        _firstWithTape = All.Count;
        Bytes = All.Sum(segment => segment.Begin!.Bytes);
    }
}
