using System.Text.Json.Serialization;

namespace SparseProp.Client.Documents;

/// <summary>Points that workers hold.</summary>
/// <param name="Points">They, by lease and in the order in which they run.</param>
/// <param name="Total">How many there are altogether; more than are listed where the limit was reached.</param>
public sealed record LeasedPointsDocument(IReadOnlyList<LeasedPointDocument> Points, long Total);

/// <summary>A point that a worker holds.</summary>
/// <param name="Lease">Its lease.</param>
/// <param name="Sweep">Its sweep.</param>
/// <param name="Index">Its index in the sweep's plan.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="Kind"><c>work</c>, or <c>verification</c> of a result that is there.</param>
/// <param name="AgeSeconds">Seconds since the lease was granted; <c>age_s</c> in JSON.</param>
/// <param name="ExpiresSeconds">Seconds until it runs out, unless the worker renews it; <c>expires_s</c> in JSON.</param>
public sealed record LeasedPointDocument(
    string Lease,
    string Sweep,
    long Index,
    string Worker,
    string Kind,
    [property: JsonPropertyName("age_s")] double AgeSeconds,
    [property: JsonPropertyName("expires_s")] double ExpiresSeconds);
