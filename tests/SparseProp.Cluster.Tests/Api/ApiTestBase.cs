using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>Speaks HTTP to the API as any program would.</summary>
public abstract class ApiTestBase
{
    protected const string Sweep = """
        name: short
        model: lif
        grid: { n: [200, 400], k: [20], j0: [0.5, 1] }
        stop: { spikes_per_neuron: 20 }
        """;

    private protected static Task<Reply> SendAsync(
        FakeCoordinator coordinator, HttpMethod method, string path, string? body = null, Action<HttpRequestMessage>? also = null) =>
        SendAsync(coordinator.Address, method, path, body, also);

    private protected static async Task<Reply> SendAsync(
        Uri address, HttpMethod method, string path, string? body = null, Action<HttpRequestMessage>? also = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/yaml"),
        };
        also?.Invoke(request);
        using var response = await client.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return new Reply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers, text);
    }

    private protected static Task<Reply> GetAsync(FakeCoordinator coordinator, string path) => SendAsync(coordinator, HttpMethod.Get, path);

    private protected static Task<Reply> GetAsync(LiveCoordinator coordinator, string path) =>
        SendAsync(coordinator.Address, HttpMethod.Get, path);

    private protected static Task<Reply> PostAsync(LiveCoordinator coordinator, string path, string? body = null) =>
        SendAsync(coordinator.Address, HttpMethod.Post, path, body);

    private protected static Task<Reply> SubmitAsync(FakeCoordinator coordinator, string text, string query = "") =>
        SendAsync(coordinator, HttpMethod.Post, "/api/v1/sweeps" + query, text);

    private protected static JsonObject AssertProblem(Reply reply, int status)
    {
        Assert.Equal(status, reply.Status);
        Assert.Equal("application/problem+json", reply.MediaType);
        var problem = reply.Json;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEqual("", (string)problem["title"]!);
        Assert.NotEqual("", (string)problem["detail"]!);
        Assert.DoesNotContain("   at ", reply.Text, StringComparison.Ordinal);
        return problem;
    }

    internal sealed record Reply(int Status, string? MediaType, HttpResponseHeaders Headers, string Text)
    {
        public JsonObject Json => JsonNode.Parse(Text)!.AsObject();
    }
}
