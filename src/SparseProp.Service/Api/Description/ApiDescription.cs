using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Service.Api.Description;

/// <summary>The API's description in OpenAPI, made from the routes themselves.</summary>
internal static class ApiDescription
{
    public const string Path = "/openapi/v1.json";

    private const string Pattern = "/openapi/{documentName}.json";
    private const string Document = "v1";
    private const string Scheme = "token";

    // What requests and streams hold is no answer of any route by itself.
    private static readonly Type[] OtherDocuments =
    [
        typeof(PriorityDocument), typeof(MemberAddressDocument), typeof(StateDocument), typeof(ClusterStateDocument), typeof(DeletedSweepDocument),
        typeof(NoticeDocument), typeof(LogLineDocument),
    ];

    // Sent as the media type says; the schema of what is in it is said in words.
    private const string Binary = "binary";

    public static void AddTo(IServiceCollection services, bool wantsToken)
    {
        services.ConfigureHttpJsonOptions(json => WriteAs(json.SerializerOptions));
        services.AddOpenApi(Document, options =>
        {
            options.AddOperationTransformer((operation, context, _) => CompleteAsync(operation, context, wantsToken));
            options.AddDocumentTransformer((document, context, cancellation) => IntroduceAsync(document, context, wantsToken, cancellation));
        });
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi(Pattern);

    /// <summary>As <see cref="ApiJson"/> writes, so that schemas tell the same names.</summary>
    private static void WriteAs(JsonSerializerOptions options)
    {
        var written = ApiJson.Default.Options;
        options.PropertyNamingPolicy = written.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = written.DefaultIgnoreCondition;
        options.RespectNullableAnnotations = written.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = written.RespectRequiredConstructorParameters;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.TypeInfoResolverChain.Insert(0, ApiJson.Default);
    }

    private static Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool wantsToken)
    {
        var route = context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteDescription>().Single();
        operation.Parameters = [.. route.Parameters.Select(parameter => parameter.Describe())];
        if (route.Body is { } body)
        {
            // Any media type will do, so routing is told of none.
            IOpenApiSchema schema = body.Document is { } document
                ? new OpenApiSchemaReference(document.Name, context.Document)
                : new OpenApiSchema { Type = JsonSchemaType.String };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = body.Meaning,
                Content = new Dictionary<string, OpenApiMediaType> { [body.MediaType] = new() { Schema = schema } },
            };
        }

        operation.Responses ??= [];
        foreach (var answer in route.Answers)
        {
            Complete(operation.Responses, answer);
        }

        foreach (var status in route.AllProblems)
        {
            operation.Responses[Name(status)].Description = ReasonPhrases.GetReasonPhrase(status);
        }

        if (wantsToken && !route.IsOpen)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }

        return Task.CompletedTask;
    }

    private static void Complete(OpenApiResponses responses, RouteAnswer answer)
    {
        if (answer.Document is not null)
        {
            responses[Name(answer.Status)].Description = answer.Meaning;
            return;
        }

        responses[Name(answer.Status)] = new OpenApiResponse
        {
            Description = answer.Meaning,
            Content = answer.MediaTypes.Count == 0
                ? null
                : answer.MediaTypes.ToDictionary(
                    type => type,
                    _ => new OpenApiMediaType
                    {
                        Schema = answer.Schema?.Invoke() ?? new OpenApiSchema { Type = JsonSchemaType.String, Format = Binary },
                    }),
        };
    }

    private static async Task IntroduceAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, bool wantsToken, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "SparseProp.Cluster coordinator",
            Version = ProgramIdentity.Own.Build,
            Description = "Sweeps of sparse spiking networks: submit, follow, query and control them. Failures are problem documents (RFC 9457).",
        };
        document.Components ??= new OpenApiComponents();
        if (wantsToken)
        {
            document.AddComponent<IOpenApiSecurityScheme>(
                Scheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" });
        }

        foreach (var other in OtherDocuments)
        {
            document.AddComponent<IOpenApiSchema>(
                other.Name, await context.GetOrCreateSchemaAsync(other, parameterDescription: null, cancellation));
        }
    }

    private static string Name(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
