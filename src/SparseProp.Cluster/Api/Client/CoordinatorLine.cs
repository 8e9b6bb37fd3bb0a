using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SparseProp.Cluster.Api.Client;

/// <summary>Gets one request through to a coordinator that is ready, wherever that is. Not for concurrent use.</summary>
internal sealed class CoordinatorLine : IDisposable
{
    private const long LargestAnswer = 256 << 20;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<HostPort> _addresses;
    private readonly Action<string>? _onTrouble;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    // The address that answered last, and is asked first.
    private int _preferred;

    public CoordinatorLine(IReadOnlyList<HostPort> addresses, string? token, Action<string>? onTrouble, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfZero(addresses.Count);
        _addresses = addresses;
        _onTrouble = onTrouble;
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            // A cluster's own addresses are not reached through the outside world.
            UseProxy = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Sends a request, again and again if need be; it must do no harm twice.</summary>
    /// <exception cref="CoordinatorException">The coordinator said no.</exception>
    /// <exception cref="CoordinatorUnreachableException">Patience is at its end.</exception>
    public async Task<T> SendAsync<T>(Call<T> call, Patience patience, CancellationToken cancellation)
        where T : class
    {
        var started = _clock.GetTimestamp();
        var pause = FirstPause;
        string? told = null;
        var isAnswered = false;
        while (true)
        {
            var failures = new List<Failure>();
            if (await TryAllAsync(call, failures, cancellation) is { } answer)
            {
                return answer;
            }

            var trouble = string.Join("; ", failures.Select(failure => $"{failure.Address}: {failure.Reason}"));
            isAnswered |= failures.Any(failure => failure.IsAnswer);
            var limit = isAnswered ? patience.NotReady : patience.Unreachable;
            if (limit - _clock.GetElapsedTime(started) < pause)
            {
                throw new CoordinatorUnreachableException(trouble);
            }

            if (trouble != told)
            {
                told = trouble;
                _onTrouble?.Invoke(trouble);
            }

            await Task.Delay(pause, _clock, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T?> TryAllAsync<T>(Call<T> call, List<Failure> failures, CancellationToken cancellation)
        where T : class
    {
        for (var i = 0; i < _addresses.Count; i++)
        {
            var place = (_preferred + i) % _addresses.Count;
            if (await TryAsync(call, _addresses[place], failures, cancellation) is { } answer)
            {
                _preferred = place;
                return answer;
            }
        }

        return null;
    }

    private async Task<T?> TryAsync<T>(Call<T> call, HostPort address, List<Failure> failures, CancellationToken cancellation)
        where T : class
    {
        using var timeout = new CancellationTokenSource(call.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var request = call.RequestTo(address.ToUri());
            if (call.Open is { } open)
            {
                return await OpenAsync(open, request, address, failures, either.Token);
            }

            using var response = await _http.SendAsync(request, either.Token);
            var content = await response.Content.ReadAsByteArrayAsync(either.Token);
            if (response.IsSuccessStatusCode)
            {
                return call.Read(content);
            }

            TakeNo(response, content, address, failures);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The attempt's time is over, or that of its connection, where packets are lost without a word.
            failures.Add(new Failure(address, "no answer in time", IsAnswer: false));
        }
        catch (JsonException)
        {
            failures.Add(new Failure(address, "something answers that is no coordinator", IsAnswer: false));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            failures.Add(new Failure(address, broken.InnerException?.Message ?? broken.Message, IsAnswer: false));
        }

        return null;
    }

    private async Task<T?> OpenAsync<T>(
        Func<Stream, T> open, HttpRequestMessage request, HostPort address, List<Failure> failures, CancellationToken cancellation)
        where T : class
    {
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.IsSuccessStatusCode)
        {
            // Closing the stream ends the answer.
            return open(await response.Content.ReadAsStreamAsync(cancellation));
        }

        using (response)
        {
            TakeNo(response, await response.Content.ReadAsByteArrayAsync(cancellation), address, failures);
            return null;
        }
    }

    /// <summary>Notes why a coordinator cannot answer now, so that another is asked, or this one again.</summary>
    /// <exception cref="CoordinatorException">It never will.</exception>
    private static void TakeNo(HttpResponseMessage response, byte[] content, HostPort address, List<Failure> failures)
    {
        var problem = ProblemOf(response, content);
        if (response.StatusCode is HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout
            or HttpStatusCode.TooManyRequests)
        {
            failures.Add(new Failure(address, problem.Detail, IsAnswer: true));
            return;
        }

        throw new CoordinatorException(problem);
    }

    private static ProblemDocument ProblemOf(HttpResponseMessage response, byte[] content) =>
        response.Content.Headers.ContentType?.MediaType == ProblemDocument.MediaType
        && JsonSerializer.Deserialize(content, ApiJson.Default.ProblemDocument) is { } problem
            ? problem
            : throw new JsonException("Not a problem of a coordinator.");

    private sealed record Failure(HostPort Address, string Reason, bool IsAnswer);
}

/// <summary>A request that can be sent to any coordinator, and how its answer is read.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Json">The answer's form; null where it has no content.</param>
internal sealed record Call<T>(HttpMethod Method, string Path, JsonTypeInfo<T>? Json)
    where T : class
{
    /// <summary>Makes the request's body; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>How long one attempt may take. Default: 15 s, longer than a coordinator takes to say that it has no answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Takes the answer as it comes; null where it is read as a whole.</summary>
    public Func<Stream, T>? Open { get; init; }

    /// <summary>What an empty answer means.</summary>
    public T? Empty { get; init; }

    public HttpRequestMessage RequestTo(Uri coordinator) => new(Method, new Uri(coordinator, Path)) { Content = Content?.Invoke() };

    /// <exception cref="JsonException">No coordinator of this version answers like that.</exception>
    public T Read(ReadOnlySpan<byte> content) =>
        (Json is null ? Empty : JsonSerializer.Deserialize(content, Json)) ?? throw new JsonException("The answer is null.");
}
