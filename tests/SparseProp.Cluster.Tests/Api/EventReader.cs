using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>Reads server-sent events as a browser does.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventReader(HttpClient client, HttpResponseMessage response, Stream stream)
    {
        _client = client;
        _response = response;
        _items = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    public static async Task<EventReader> OpenAsync(Uri address, string path)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var client = new HttpClient { BaseAddress = address };
        var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new EventReader(client, response, await response.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>The next event; null where the stream has ended.</summary>
    public async Task<(string Name, JsonObject Data)?> NextAsync() =>
        await _items.MoveNextAsync() ? (_items.Current.EventType, JsonNode.Parse(_items.Current.Data)!.AsObject()) : null;

    /// <summary>The next event, which there must be.</summary>
    public async Task<JsonObject> NextAsync(string name)
    {
        var next = await NextAsync();
        Assert.Equal(name, next?.Name);
        return next!.Value.Data;
    }

    /// <summary>Passes events by until there is one of this name of which this holds.</summary>
    public async Task<JsonObject> UntilAsync(string name, Func<JsonObject, bool> holds)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Name == name && holds(next.Data))
            {
                return next.Data;
            }
        }

        throw new InvalidOperationException($"The stream ended before there was such a {name}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync();
        _response.Dispose();
        _client.Dispose();
    }
}
