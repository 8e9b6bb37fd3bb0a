using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Api.Description;

/// <summary>Maps routes together with what the API's description says of them.</summary>
internal static class DescribedRoutes
{
    private const string Json = "application/json";

    public static void MapGet(this IEndpointRouteBuilder routes, string path, RouteDescription description, RequestDelegate handler) =>
        routes.Map(HttpMethods.Get, path, description, handler);

    public static void MapPost(this IEndpointRouteBuilder routes, string path, RouteDescription description, RequestDelegate handler) =>
        routes.Map(HttpMethods.Post, path, description, handler);

    public static void Map(
        this IEndpointRouteBuilder routes, string method, string path, RouteDescription description, RequestDelegate handler)
    {
        var route = routes.MapMethods(path, [method], handler)
            .WithName(description.Name)
            .WithTags(description.Tag)
            .WithSummary(description.Summary)
            // What is mapped as a bare handler is described only where its method is named.
            .WithMetadata(handler.Method, description, new BodyLimit(description.Body?.MostBytes ?? RouteDescription.UnwantedBodyBytes));
        foreach (var answer in description.Answers.Where(answer => answer.Document is not null))
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(answer.Status, answer.Document, [Json]));
        }

        foreach (var status in description.AllProblems)
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), [ProblemDocument.MediaType]));
        }
    }

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
