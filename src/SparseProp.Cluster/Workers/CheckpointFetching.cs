using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Workers;

/// <summary>A checkpoint on its way from the coordinator, for a point that waits on its slot to go on from it.</summary>
/// <param name="slot">The slot.</param>
/// <param name="assignment">The point.</param>
internal sealed class CheckpointFetching(int slot, Assignment assignment) : IDisposable
{
    private const int MostUnanswered = 4;

    private CheckpointSource? _received = CheckpointSource.Create();
    private long _arrived;
    private long _asked;
    private bool _stirred;

    public int Slot { get; } = slot;

    public Assignment Assignment { get; } = assignment;

    public bool IsComplete => _arrived >= Assignment.CheckpointBytes;

    /// <summary>Takes a part in; parts that are not the next are asked for again.</summary>
    /// <returns>Whether the coordinator has this checkpoint.</returns>
    public bool Take(CheckpointPart part)
    {
        if (part.Length != Assignment.CheckpointBytes)
        {
            return false;
        }

        if (part.Offset == _arrived && part.Bytes.Length > 0)
        {
            _stirred = true;
            _received!.Write(_arrived, part.Bytes.Span);
            _arrived += part.Bytes.Length;
        }

        return true;
    }

    /// <summary>What to ask for now.</summary>
    public IEnumerable<WorkProtocol.FetchCheckpoint> Next(string worker)
    {
        _asked = Math.Max(_asked, _arrived);
        while (_asked < Assignment.CheckpointBytes && _asked - _arrived < MostUnanswered * CheckpointPart.MostBytes)
        {
            yield return new WorkProtocol.FetchCheckpoint(
                worker, Assignment.Sweep, Assignment.Index, Assignment.CheckpointGeneration, _asked);
            _asked += CheckpointPart.MostBytes;
        }
    }

    /// <summary>Asks anew for what has not arrived, where nothing came since the last call.</summary>
    public void GoBackIfStuck()
    {
        if (!_stirred)
        {
            _asked = _arrived;
        }

        _stirred = false;
    }

    /// <summary>Hands over what has arrived.</summary>
    public CheckpointSource Release()
    {
        var received = _received!;
        _received = null;
        return received;
    }

    public void Dispose() => _received?.Dispose();
}
