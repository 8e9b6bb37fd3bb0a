using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;

namespace SparseProp.Client;

/// <summary>Speaks to the console of one node, as it is: nothing is repeated, and no other node takes its place.</summary>
/// <exception cref="CoordinatorException">From every request: the node said no.</exception>
/// <exception cref="CoordinatorUnreachableException">From every request: it cannot be reached, or the line broke.</exception>
/// <exception cref="MalformedAnswerException">From every request: the answer cannot be understood.</exception>
public sealed class ConsoleLine : IDisposable
{
    private const string MediaType = "application/json";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HostPort _address;
    private readonly HttpClient _http;

    /// <param name="address">The node.</param>
    /// <param name="token">The bearer token; null for none.</param>
    public ConsoleLine(HostPort address, string? token)
    {
        _address = address;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = address.ToUri(),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The commands there are.</summary>
    public async Task<PaletteListDocument> ListAsync(CancellationToken cancellation)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, ApiRoutes.Console), cancellation);
        return await ReadAsync(response, ApiJson.Default.PaletteListDocument, cancellation);
    }

    /// <summary>What may come next on a line.</summary>
    public async Task<IReadOnlyList<string>> CompleteAsync(string line, CancellationToken cancellation)
    {
        var path = $"{ApiRoutes.Completions}?line={Uri.EscapeDataString(line)}";
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);
        return (await ReadAsync(response, ApiJson.Default.CompletionsDocument, cancellation)).Completions;
    }

    /// <summary>Carries out a line; its output comes as it is written, and ends with a part that has an exit code.</summary>
    /// <param name="words">The words of the line.</param>
    /// <param name="width">Characters of a line of the terminal that shows the output; null for no limit.</param>
    /// <param name="cancellation">Ends the command.</param>
    public async IAsyncEnumerable<PaletteOutputDocument> RunAsync(
        IReadOnlyList<string> words, int? width, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiRoutes.Console)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new PaletteLineDocument(words, width), ApiJson.Default.PaletteLineDocument))
            {
                Headers = { ContentType = new MediaTypeHeaderValue(MediaType) },
            },
        };
        using var response = await SendAsync(request, cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await NextAsync(reader, cancellation) is { } part)
        {
            yield return part;
            if (part.Exit is not null)
            {
                yield break;
            }
        }

        throw Unreachable("it ended in the middle of the command");
    }

    public void Dispose() => _http.Dispose();

    private async Task<PaletteOutputDocument?> NextAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation) is { } line
                ? AnswerReader.Read(line, ApiJson.Default.PaletteOutputDocument)
                : null;
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw Unreachable(broken.Message);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException foreign) when (foreign.HttpRequestError == HttpRequestError.InvalidResponse)
        {
            throw Unreachable(AnswerReader.Stranger);
        }
        catch (HttpRequestException broken)
        {
            throw Unreachable(broken.InnerException?.Message ?? broken.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Unreachable($"no connection within {ConnectTimeout.TotalSeconds:0} s");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw response.Content.Headers.ContentType?.MediaType == ProblemDocument.MediaType
                ? new CoordinatorException(await ReadAsync(response, ApiJson.Default.ProblemDocument, cancellation))
                : Unreachable(AnswerReader.Stranger);
        }
    }

    private async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> json, CancellationToken cancellation)
    {
        if (!AnswerReader.IsOfCoordinator(response.Content.Headers))
        {
            throw Unreachable(AnswerReader.Stranger);
        }

        try
        {
            return AnswerReader.Read(await response.Content.ReadAsByteArrayAsync(cancellation), json);
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw Unreachable(broken.Message);
        }
    }

    private MalformedAnswerException Malformed(JsonException answer) => new($"{_address}: {AnswerReader.Describe(answer)}");

    private CoordinatorUnreachableException Unreachable(string reason) => new($"{_address}: {reason}");
}
