using Akka.Actor;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// Asks a worker of this process to take no more work and to finish or return what it has; answered by <see cref="Drained"/>.
/// </summary>
/// <param name="Budget">How long points may still run and checkpoints be sent.</param>
public sealed record DrainWorker(TimeSpan Budget) : INoSerializationVerificationNeeded;

/// <summary>The worker holds no points any more.</summary>
/// <param name="Finished">Points that finished during the drain.</param>
/// <param name="Returned">Points that were given back to the coordinator, begun or not.</param>
/// <param name="Lost">Reports that nobody acknowledged; their points will run again.</param>
public sealed record Drained(int Finished, int Returned, int Lost) : INoSerializationVerificationNeeded;

/// <summary>A drain under way: what it decides and counts. Has no clock.</summary>
internal sealed class Drain
{
    private bool _isFlushOver;

    public int Finished { get; private set; }

    public int Returned { get; private set; }

    /// <summary>What becomes of a running point.</summary>
    /// <param name="elapsed">How long it has run.</param>
    /// <param name="progress">How much of it is done, from 0 to 1.</param>
    /// <param name="isSaved">Whether it has checkpoints.</param>
    /// <param name="budget">How long it may still run.</param>
    /// <returns><see cref="RunEnding.None"/>: it is finished.</returns>
    public static RunEnding EndingOf(TimeSpan elapsed, double progress, bool isSaved, TimeSpan budget)
    {
        var remainingSeconds = progress > 0 ? elapsed.TotalSeconds * (1 - progress) / progress : double.PositiveInfinity;
        if (remainingSeconds <= budget.TotalSeconds)
        {
            return RunEnding.None;
        }

        return isSaved ? RunEnding.Save : RunEnding.Discard;
    }

    public void CountFinished() => Finished++;

    public void CountReturned(int points) => Returned += points;

    /// <summary>From now on, acknowledgements are not waited for.</summary>
    public void EndFlush() => _isFlushOver = true;

    /// <summary>Whether all is done that can be.</summary>
    public bool IsOver(int unfinished, int unacknowledged) => unfinished == 0 && (unacknowledged == 0 || _isFlushOver);
}
