using Akka.Actor;

namespace SparseProp.Cluster.Workers;

/// <summary>How a worker is asked to come to an end. Stays inside the process.</summary>
internal static class DrainProtocol
{
    /// <summary>
    /// Asks to take no more work, to finish what can be finished in time, to save or hand back the rest, and to see all reports
    /// acknowledged. Answered by <see cref="Drained"/>.
    /// </summary>
    /// <param name="Budget">How long running points may go on.</param>
    internal sealed record DrainWorker(TimeSpan Budget) : INoSerializationVerificationNeeded;

    /// <summary>Nothing runs any more.</summary>
    /// <param name="Unacknowledged">Reports that the coordinator has not confirmed; their points will run again.</param>
    internal sealed record Drained(int Unacknowledged) : INoSerializationVerificationNeeded;
}
