using Microsoft.AspNetCore.Http;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Service.Api;

/// <summary>Ends a request with a problem that its sender is told.</summary>
internal sealed class ApiException(ProblemDocument problem) : Exception(problem.Detail)
{
    private static readonly TimeSpan ReadySoon = TimeSpan.FromSeconds(1);

    public ProblemDocument Problem { get; } = problem;

    /// <summary>When the request may be sent again; null where nothing is known of that.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ApiException BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "the request cannot be right", detail);

    public static ApiException NoSweep(string name) => NotFound($"there is no sweep named {name}");

    public static ApiException NotFound(string detail) => Of(StatusCodes.Status404NotFound, "not found", detail);

    /// <summary>The caller should ask less, or later.</summary>
    public static ApiException TooMany(string detail, TimeSpan retryAfter) =>
        new(new ProblemDocument("too many requests", StatusCodes.Status429TooManyRequests, detail)) { RetryAfter = retryAfter };

    public static ApiException NotReady(string detail) =>
        new(new ProblemDocument("the coordinator is not ready", StatusCodes.Status503ServiceUnavailable, detail)) { RetryAfter = ReadySoon };

    public static ApiException NoAnswer(TimeSpan waited) => Of(
        StatusCodes.Status504GatewayTimeout,
        "the coordinator is busy",
        FormattableString.Invariant(
            $"no answer within {waited.TotalSeconds:0.###} s, so it is not known what became of the request; it may be repeated"));

    public static ApiException Of(CoordinatorProtocol.Declined declined) => declined.Reason switch
    {
        DeclineReason.Unknown => NotFound(declined.Message),
        DeclineReason.Conflict => Of(StatusCodes.Status409Conflict, "the sweep's state does not allow it", declined.Message),
        DeclineReason.NotReady => NotReady(declined.Message),
        _ => Of(StatusCodes.Status500InternalServerError, "it was tried and failed", declined.Message),
    };

    public static ApiException Of(int status, string title, string detail) => new(new ProblemDocument(title, status, detail));
}
