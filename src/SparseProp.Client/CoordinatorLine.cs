using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;

namespace SparseProp.Client;

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
    /// <exception cref="CoordinatorUnreachableException">Patience is at its end, or who answers is no coordinator.</exception>
    /// <exception cref="MalformedAnswerException">The answer cannot be understood.</exception>
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
            ThrowIfHopeless(failures, trouble);
            isAnswered |= failures.Any(failure => failure.Kind == FailureKind.NotReady);
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

    /// <summary>Who does not understand an answer will not understand the next one either.</summary>
    private static void ThrowIfHopeless(List<Failure> failures, string trouble)
    {
        if (failures.Any(failure => failure.Kind == FailureKind.Malformed))
        {
            throw new MalformedAnswerException(trouble);
        }

        if (failures.Any(failure => failure.Kind == FailureKind.Stranger))
        {
            throw new CoordinatorUnreachableException(trouble);
        }
    }

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
            if (response.IsSuccessStatusCode && (call.Json is null || AnswerReader.IsOfCoordinator(response.Content.Headers)))
            {
                return call.Read(content);
            }

            TakeNo(response, content, address, failures);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The attempt's time is over, or that of its connection, where packets are lost without a word.
            failures.Add(new Failure(address, "no answer in time", FailureKind.Unreachable));
        }
        catch (JsonException malformed)
        {
            failures.Add(new Failure(address, AnswerReader.Describe(malformed), FailureKind.Malformed));
        }
        catch (HttpRequestException foreign) when (foreign.HttpRequestError == HttpRequestError.InvalidResponse)
        {
            failures.Add(new Failure(address, AnswerReader.Stranger, FailureKind.Stranger));
        }
        catch (HttpRequestException large) when (large.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            failures.Add(new Failure(address, $"the answer is larger than {LargestAnswer >> 20} MiB", FailureKind.Malformed));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            failures.Add(new Failure(address, broken.InnerException?.Message ?? broken.Message, FailureKind.Unreachable));
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

    /// <summary>Notes why there is no answer now, so that another coordinator is asked, or this one again.</summary>
    /// <exception cref="CoordinatorException">There never will be.</exception>
    /// <exception cref="JsonException">A coordinator has said why, but not so that it can be understood.</exception>
    private static void TakeNo(HttpResponseMessage response, byte[] content, HostPort address, List<Failure> failures)
    {
        var isOfCoordinator = response.Content.Headers.ContentType?.MediaType == ProblemDocument.MediaType;
        if (response.StatusCode is HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout
            or HttpStatusCode.TooManyRequests)
        {
            // A proxy says in its own words that the coordinator is not there.
            var reason = isOfCoordinator ? ProblemOf(content).Detail : $"answers with status {(int)response.StatusCode}";
            failures.Add(new Failure(address, reason, FailureKind.NotReady));
            return;
        }

        if (!isOfCoordinator)
        {
            failures.Add(new Failure(address, AnswerReader.Stranger, FailureKind.Stranger));
            return;
        }

        throw new CoordinatorException(ProblemOf(content));
    }

    private static ProblemDocument ProblemOf(byte[] content) => AnswerReader.Read(content, ApiJson.Default.ProblemDocument);

    private enum FailureKind
    {
        /// <summary>Nobody has answered.</summary>
        Unreachable,

        /// <summary>Somebody has answered that it cannot be asked yet.</summary>
        NotReady,

        /// <summary>A coordinator has answered, but nobody knows what.</summary>
        Malformed,

        /// <summary>Whoever has answered is no coordinator.</summary>
        Stranger,
    }

    private sealed record Failure(HostPort Address, string Reason, FailureKind Kind);
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

    /// <summary>Finds what the document's form does not tell: throws where it cannot be used.</summary>
    public Action<T>? Check { get; init; }

    /// <summary>What an empty answer means.</summary>
    public T? Empty { get; init; }

    public HttpRequestMessage RequestTo(Uri coordinator) => new(Method, new Uri(coordinator, Path)) { Content = Content?.Invoke() };

    /// <exception cref="JsonException">No coordinator of this version answers like that.</exception>
    public T Read(ReadOnlySpan<byte> content)
    {
        if (Json is null)
        {
            return Empty ?? throw new InvalidOperationException($"{Path} is said to have no answer.");
        }

        var document = AnswerReader.Read(content, Json);
        try
        {
            Check?.Invoke(document);
            return document;
        }
        catch (Exception unusable) when (unusable is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new JsonException(unusable.Message, unusable);
        }
    }
}
