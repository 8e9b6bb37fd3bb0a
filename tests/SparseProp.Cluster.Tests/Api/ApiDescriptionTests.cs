using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace SparseProp.Cluster.Tests.Api;

public sealed class ApiDescriptionTests : ApiTestBase
{
    private const string Problem = "application/problem+json";

    [Fact]
    public async Task EveryRouteIsDescribedAndNothingElse()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        var contract = await ApiContract.ReadAsync(coordinator.Address);

        var mapped = coordinator.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/openapi", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => $"{method} {endpoint.RoutePattern.RawText}"));

        Assert.Equal(mapped.Order(), contract.Operations.Select(operation => operation.ToString()).Order());
        Assert.NotEmpty(contract.Operations);
    }

    [Fact]
    public async Task EveryOperationSaysAllThatACallerNeeds()
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");
        var contract = await ApiContract.ReadAsync(coordinator.Address, "secret");

        Assert.StartsWith("3.1", (string)contract.Document["openapi"]!, StringComparison.Ordinal);
        Assert.Distinct(contract.Operations.Select(operation => (string)operation.Said["operationId"]!));
        Assert.All(contract.Operations, operation =>
        {
            Assert.NotEqual("", (string)operation.Said["summary"]!);
            Assert.Equal(
                operation.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')),
                operation.Parameters.Where(parameter => (string)parameter["in"]! == "path").Select(parameter => (string)parameter["name"]!));
            Assert.All(operation.Parameters, AssertDescribed);
            Assert.Contains(operation.Statuses, status => status is >= 200 and < 300);
            Assert.Superset(new HashSet<int> { 400, 403, 413, 414, 500 }, operation.Statuses.ToHashSet());
            Assert.All(operation.Statuses, status => AssertDescribed(operation, status));
            Assert.Equal(
                !operation.Path.StartsWith("/health", StringComparison.Ordinal),
                operation.Said["security"] is JsonArray security && security[0]!.AsObject().ContainsKey("token"));
        });
    }

    [Fact]
    public async Task TheDescriptionIsForThoseWhoMayUseIt()
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");

        AssertProblem(await GetAsync(coordinator, "/openapi/v1.json"), 401);
    }

    private static void AssertDescribed(JsonObject parameter)
    {
        Assert.NotEqual("", (string)parameter["description"]!);
        var schema = parameter["schema"]!.AsObject();
        switch ((string)schema["type"]!)
        {
            case "integer":
                Assert.True(schema.ContainsKey("minimum") && schema.ContainsKey("maximum"), parameter.ToJsonString());
                break;
            case "string":
                Assert.True(schema.ContainsKey("enum") || schema.ContainsKey("maxLength"), parameter.ToJsonString());
                break;
            default:
                Assert.Equal("boolean", (string)schema["type"]!);
                break;
        }
    }

    private static void AssertDescribed(ApiOperation operation, int status)
    {
        var answer = operation.Answer(status)!;
        Assert.NotEqual("", (string)answer["description"]!);
        if (status >= 400 && operation.Path != "/health/ready")
        {
            Assert.Equal("#/components/schemas/ProblemDocument", (string)answer["content"]![Problem]!["schema"]!["$ref"]!);
        }
        else if (status != 204)
        {
            Assert.All(answer["content"]!.AsObject(), content => Assert.NotNull(content.Value!["schema"]));
        }
    }
}
