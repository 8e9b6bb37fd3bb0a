using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Workers;

/// <summary>A checkpoint on its way to the coordinator, in parts of which a few are under way at once.</summary>
/// <param name="slot">The slot that the point runs on.</param>
/// <param name="assignment">The point.</param>
/// <param name="generation">Counts its checkpoints.</param>
/// <param name="source">The checkpoint.</param>
internal sealed class CheckpointSending(int slot, Assignment assignment, long generation, CheckpointSource source) : IDisposable
{
    // Enough to fill the time of a round trip, and little enough that other messages get through between.
    private const int MostUnconfirmed = 4;

    private long _sent;
    private long _confirmed;
    private bool _stirred;

    public int Slot { get; } = slot;

    public Assignment Assignment { get; } = assignment;

    public long Generation { get; } = generation;

    /// <summary>Whether the point was stopped, and is to be returned once its checkpoint has arrived.</summary>
    public bool ReturnsPoint { get; set; }

    /// <summary>Takes note of how far the coordinator has it.</summary>
    /// <returns>Whether it has all.</returns>
    public bool Confirm(long offset)
    {
        _stirred = true;
        if (offset < _confirmed)
        {
            // A coordinator that has to begin anew.
            _sent = offset;
        }

        _confirmed = offset;
        _sent = Math.Max(_sent, offset);
        return offset >= source.Length;
    }

    /// <summary>The parts to send now.</summary>
    public IEnumerable<CheckpointPart> Next(string worker)
    {
        while (_sent < source.Length && _sent - _confirmed < MostUnconfirmed * CheckpointPart.MostBytes)
        {
            var bytes = source.Read(_sent, CheckpointPart.MostBytes);
            yield return new CheckpointPart(
                worker, Assignment.Sweep, Assignment.Index, Generation, _sent, source.Length, bytes);
            _sent += bytes.Length;
        }
    }

    /// <summary>Goes back to what was confirmed, where nothing was heard since the last call.</summary>
    public void GoBackIfStuck()
    {
        if (!_stirred)
        {
            _sent = _confirmed;
        }

        _stirred = false;
    }

    public void Dispose() => source.Dispose();
}
