using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace SparseProp.Service.Api.Description;

/// <summary>What the API's description says of a route, and what is enforced of it.</summary>
/// <param name="Name">What programs that are made from the description call it.</param>
/// <param name="Tag">The group it belongs to.</param>
/// <param name="Summary">What it does, in a line.</param>
internal sealed record RouteDescription(string Name, string Tag, string Summary)
{
    /// <summary>Bytes of a body that is not asked for.</summary>
    public const int UnwantedBodyBytes = 1024;

    public IReadOnlyList<IDescribedParameter> Parameters { get; init; } = [];

    /// <summary>The body that it takes; null for none.</summary>
    public RouteBody? Body { get; init; }

    /// <summary>What it answers with where all goes well.</summary>
    public IReadOnlyList<RouteAnswer> Answers { get; init; } = [];

    /// <summary>Statuses of problems of its own; those of every route are not among them.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>Whether the coordinator has to answer, so that it may not be there or be too busy.</summary>
    public bool AsksCoordinator { get; init; } = true;

    /// <summary>Whether it answers to everybody at any rate.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Statuses of all problems that it may answer with.</summary>
    public IEnumerable<int> AllProblems =>
    [
        StatusCodes.Status400BadRequest,
        .. IsOpen ? Array.Empty<int>() : [StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests],
        StatusCodes.Status403Forbidden,
        .. Problems.Where(status => status < StatusCodes.Status500InternalServerError),
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status414UriTooLong,
        StatusCodes.Status500InternalServerError,
        .. AsksCoordinator ? [StatusCodes.Status503ServiceUnavailable, StatusCodes.Status504GatewayTimeout] : Array.Empty<int>(),
        .. Problems.Where(status => status > StatusCodes.Status500InternalServerError),
    ];
}

/// <summary>The body that a route takes.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Document">What it holds as JSON; null where it is no JSON.</param>
/// <param name="MostBytes">How large it may be.</param>
internal sealed record RouteBody(string MediaType, string Meaning, Type? Document, long MostBytes);

/// <summary>A good answer of a route.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Document">What it holds as JSON; null for another content, or none.</param>
internal sealed record RouteAnswer(int Status, string Meaning, Type? Document = null)
{
    /// <summary>Media types of an answer that is no document.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = [];

    /// <summary>Its form, where that is not what the document's type says.</summary>
    public Func<OpenApiSchema>? Schema { get; init; }

    public static RouteAnswer Ok<T>(string meaning) => new(StatusCodes.Status200OK, meaning, typeof(T));
}
