namespace SparseProp.Cluster.Remoting;

/// <summary>
/// Which numbered system messages of one peer may come next. Akka's receiver makes a list of all numbers that are missing before each
/// message it holds back, and holds back any number of them: unbounded, a gap of 2^40 is 2^40 entries. For use by any thread.
/// </summary>
internal sealed class SystemMessageWindow(TimeProvider clock)
{
    /// <summary>
    /// How far ahead of the first missing one a message may be. Akka sends up to 200 without an answer (<c>resend-limit</c>), in order;
    /// a gap arises only where it had more to say. A sender that is refused for that connects again, and begins with the first missing.
    /// </summary>
    public const int MostAhead = 1000;

    /// <summary>How many may come at once.</summary>
    public const int MostAtOnce = 2000;

    /// <summary>How many may come per second in the long run. Nodes watch each other, and say so a few times in their lives.</summary>
    public const int MostPerSecond = 100;

    private readonly Lock _gate = new();
    private readonly HashSet<long> _ahead = [];
    private long _firstMissing;
    private double _room = MostAtOnce;
    private long _since = clock.GetTimestamp();

    /// <summary>Takes note of a message.</summary>
    /// <returns>Why it must not be read; null where it may.</returns>
    public string? Refusal(long sequence)
    {
        lock (_gate)
        {
            if (sequence < 0 || sequence - _firstMissing > MostAhead)
            {
                return $"system message {sequence}, where {_firstMissing} comes next";
            }

            var now = clock.GetTimestamp();
            _room = Math.Min(MostAtOnce, _room + (clock.GetElapsedTime(_since, now).TotalSeconds * MostPerSecond));
            _since = now;
            if (_room < 1)
            {
                return $"more than {MostAtOnce} system messages at once";
            }

            _room--;
            if (sequence >= _firstMissing)
            {
                _ahead.Add(sequence);
            }

            while (_ahead.Remove(_firstMissing))
            {
                _firstMissing++;
            }

            return null;
        }
    }
}
