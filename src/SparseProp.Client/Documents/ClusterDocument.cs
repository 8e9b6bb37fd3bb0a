using System.Text.Json.Serialization;

namespace SparseProp.Client.Documents;

/// <summary>The cluster.</summary>
/// <param name="Epoch">Counts the coordinators that held the stores, from 1.</param>
/// <param name="Build">Version and commit of the coordinator.</param>
/// <param name="Workers">The workers, by name.</param>
/// <param name="Leases">The live leases.</param>
public sealed record ClusterDocument(
    long Epoch, string Build, IReadOnlyList<WorkerDocument> Workers, IReadOnlyList<LeaseDocument> Leases);

/// <summary>A worker that takes part.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">The machine.</param>
/// <param name="Slots">Engines it runs at once.</param>
/// <param name="MemoryBytes">Memory it gives to points.</param>
/// <param name="OpenPoints">Points it holds.</param>
/// <param name="Leaving">Whether it leaves, and takes no more of them.</param>
/// <param name="Drained">Whether an operator wants it to take no more of them until it is resumed.</param>
public sealed record WorkerDocument(
    string Name, string Host, int Slots, long MemoryBytes, int OpenPoints, bool Leaving, bool Drained = false)
{
    /// <summary>What it does, in a word, the same wherever people see workers.</summary>
    public string Describe() => this switch
    {
        { Leaving: true } => "leaving",
        { Drained: true } => "drained",
        { OpenPoints: > 0 } => "working",
        _ => "idle",
    };
}

/// <summary>The workers that take part, by name.</summary>
public sealed record WorkerListDocument(IReadOnlyList<WorkerDocument> Workers);

/// <summary>A live lease.</summary>
/// <param name="Lease">Its name.</param>
/// <param name="Sweep">The sweep whose points it holds.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="OpenPoints">Points without a result.</param>
/// <param name="AgeSeconds">Seconds since it was granted; <c>age_s</c> in JSON.</param>
public sealed record LeaseDocument(
    string Lease,
    string Sweep,
    string Worker,
    string Kind,
    int OpenPoints,
    [property: JsonPropertyName("age_s")] double AgeSeconds);
