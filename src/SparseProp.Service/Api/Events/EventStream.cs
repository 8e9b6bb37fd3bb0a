using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SparseProp.Service.Api.Events;

/// <summary>Writes server-sent events.</summary>
internal sealed class EventStream
{
    public const string MediaType = "text/event-stream";

    // How soon a browser asks again where the stream has ended.
    private static ReadOnlySpan<byte> Preamble => "retry: 1000\n\n"u8;

    private readonly HttpResponse _response;
    private long _sent = Stopwatch.GetTimestamp();
    private bool _isEmpty = true;

    /// <param name="response">What to answer by.</param>
    public EventStream(HttpResponse response)
    {
        _response = response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";

        // Proxies pass events on one by one.
        response.Headers["X-Accel-Buffering"] = "no";
        Write(Preamble);
    }

    /// <summary>How long nothing was sent.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(_sent);

    public void Add<T>(string name, T document, JsonTypeInfo<T> json)
    {
        Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: "));
        Write(JsonSerializer.SerializeToUtf8Bytes(document, json));
        Write("\n\n"u8);
    }

    /// <summary>Adds a comment, which shows both ends that the other is there.</summary>
    public void AddHeartbeat() => Write(": heartbeat\n\n"u8);

    /// <summary>Sends what was added; waits while the reader is slow.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        if (!_isEmpty)
        {
            await _response.BodyWriter.FlushAsync(cancellation);
            (_isEmpty, _sent) = (true, Stopwatch.GetTimestamp());
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _isEmpty = false;
        var body = _response.BodyWriter;
        while (bytes.Length > 0)
        {
            var room = body.GetSpan();
            var length = Math.Min(room.Length, bytes.Length);
            bytes[..length].CopyTo(room);
            body.Advance(length);
            bytes = bytes[length..];
        }
    }
}
