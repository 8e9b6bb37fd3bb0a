using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SparseProp.Client.Documents;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Client;

/// <summary>
/// Speaks to the coordinator over HTTP. Of several addresses the one that is ready is used. Every request may be repeated, and is,
/// as long as <see cref="Patience"/> lasts. Not for concurrent use.
/// </summary>
/// <exception cref="CoordinatorException">From every request: the coordinator said no.</exception>
/// <exception cref="CoordinatorUnreachableException">From every request: no coordinator could be reached that is ready.</exception>
/// <exception cref="MalformedAnswerException">From every request: the answer cannot be understood. It is not repeated.</exception>
public sealed class CoordinatorClient : IDisposable
{
    // Some gigabytes over a slow network.
    private static readonly TimeSpan UploadTimeout = TimeSpan.FromHours(2);

    // Long sweeps have large stores, and the table is read from all of it.
    private static readonly TimeSpan TableTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly CoordinatorLine _line;
    private readonly TimeProvider _clock;

    /// <param name="addresses">Where coordinators may be; at least one.</param>
    /// <param name="token">The bearer token; null for none.</param>
    /// <param name="onTrouble">Is told why a request is repeated, whenever that changes.</param>
    /// <param name="clock">Tells the time; null for the system's.</param>
    public CoordinatorClient(
        IReadOnlyList<HostPort> addresses, string? token = null, Action<string>? onTrouble = null, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _line = new CoordinatorLine(addresses, token, onTrouble, _clock);
    }

    /// <summary>How long requests are repeated. Default: <see cref="Patience.Brief"/>.</summary>
    public Patience Patience { get; set; } = Patience.Brief;

    /// <summary>Submits a sweep, or attaches to it.</summary>
    /// <param name="file">The sweep file's bytes.</param>
    /// <param name="fileName">How messages name it.</param>
    /// <param name="priority">Instead of what the file says.</param>
    /// <param name="retryFailed">Whether points recorded as failed run again.</param>
    /// <param name="files">Hash of the uploaded list of files that the sweep names; null where it names none.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<SubmissionDocument> SubmitAsync(
        ReadOnlyMemory<byte> file, string fileName, int? priority, bool retryFailed, string? files, CancellationToken cancellation)
    {
        var query = Query.Of(
            ("file", fileName),
            ("files", files),
            ("priority", priority?.ToString(CultureInfo.InvariantCulture)),
            ("retry_failed", retryFailed ? "true" : null));
        return SendAsync(
            new Call<SubmissionDocument>(HttpMethod.Post, ApiRoutes.Sweeps + query, ApiJson.Default.SubmissionDocument)
            {
                Content = () => new ReadOnlyMemoryContent(file)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") },
                },
            },
            cancellation);
    }

    /// <summary>Sends a file that a sweep names.</summary>
    /// <param name="sha256">SHA-256 of its bytes.</param>
    /// <param name="open">Opens it, once for each attempt.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task UploadAsync(string sha256, Func<Stream> open, CancellationToken cancellation) => SendAsync(
        new Call<string>(HttpMethod.Put, $"{ApiRoutes.Files}/{sha256}", Json: null)
        {
            Content = () => new StreamContent(open()) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
            Timeout = UploadTimeout,
            Empty = sha256,
        },
        cancellation);

    public Task<SweepDocument> GetSweepAsync(string sweep, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, PathOf(sweep), ApiJson.Default.SweepDocument, cancellation);

    public Task<SweepListDocument> ListSweepsAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, ApiRoutes.Sweeps, ApiJson.Default.SweepListDocument, cancellation);

    public Task<SweepDocument> PauseAsync(string sweep, CancellationToken cancellation) => PostAsync(sweep, "pause", cancellation);

    public Task<SweepDocument> ResumeAsync(string sweep, CancellationToken cancellation) => PostAsync(sweep, "resume", cancellation);

    public Task<SweepDocument> CancelAsync(string sweep, CancellationToken cancellation) => PostAsync(sweep, "cancel", cancellation);

    public Task<SweepDocument> RetryFailedAsync(string sweep, CancellationToken cancellation) =>
        PostAsync(sweep, "retry-failed", cancellation);

    public Task<SweepDocument> SetPriorityAsync(string sweep, int priority, CancellationToken cancellation) =>
        SendAsync(
            new Call<SweepDocument>(HttpMethod.Put, $"{PathOf(sweep)}/priority", ApiJson.Default.SweepDocument)
            {
                Content = () => JsonContentOf(new PriorityDocument(priority), ApiJson.Default.PriorityDocument),
            },
            cancellation);

    /// <summary>Removes a sweep with its results.</summary>
    public Task DeleteAsync(string sweep, CancellationToken cancellation) =>
        SendAsync(new Call<string>(HttpMethod.Delete, PathOf(sweep), Json: null) { Empty = sweep }, cancellation);

    public Task<ClusterDocument> GetClusterAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, ApiRoutes.Cluster, ApiJson.Default.ClusterDocument, cancellation);

    /// <summary>The sweep's answer so far.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="by">Columns to group by; null for n, k, j0 and whatever else the sweep varies.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<TableDocument> GetTableAsync(string sweep, IReadOnlyList<string>? by, CancellationToken cancellation)
    {
        var query = Query.Of(("by", by is null ? null : string.Join(',', by)));
        return SendAsync(
            new Call<TableDocument>(HttpMethod.Get, $"{PathOf(sweep)}/table{query}", ApiJson.Default.TableDocument)
            {
                Timeout = TableTimeout,
                Check = table => table.ToTable(),
            },
            cancellation);
    }

    /// <summary>Copies a sweep's store as it is now.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="folder">A folder that does not exist yet.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">The copy cannot be written, or has broken off.</exception>
    public async Task FetchStoreAsync(string sweep, string folder, CancellationToken cancellation)
    {
        var call = new Call<Stream>(HttpMethod.Get, $"{PathOf(sweep)}/store", Json: null) { Open = stream => stream };
        await using var archive = await _line.SendAsync(call, Patience, cancellation);
        await StoreArchive.ExtractAsync(archive, folder, cancellation);
    }

    /// <summary>Waits until a sweep is over: finished, cancelled, or stuck with a problem. Survives restarts of the coordinator.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="onStatus">Is told how it is, some times a second at first and every two seconds later.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TimeoutException">It was not over in time.</exception>
    /// <exception cref="MalformedAnswerException">Its state is unknown to this release, and nothing else says whether it is over.</exception>
    public async Task<SweepDocument> WaitAsync(
        string sweep, Action<SweepDocument> onStatus, TimeSpan timeout, CancellationToken cancellation)
    {
        using var ending = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cancellation);
        try
        {
            var interval = FirstInterval;
            while (true)
            {
                var status = await _line.SendAsync(StatusOf(sweep), Patience.Endless, either.Token);
                onStatus(status);
                if (IsOver(status))
                {
                    return status;
                }

                await Task.Delay(interval, _clock, either.Token);
                interval = interval * 1.5 < LongestInterval ? interval * 1.5 : LongestInterval;
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{sweep} was not over within {timeout:c}");
        }
    }

    /// <summary>How sweeps are, once a second. <see cref="Patience"/> is for the first time only; restarts are survived.</summary>
    /// <param name="sweep">The sweep to watch until it is over; null for all, for ever.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MalformedAnswerException">The sweep's state is unknown to this release, and nothing else says whether it is over.</exception>
    public async IAsyncEnumerable<IReadOnlyList<SweepDocument>> WatchAsync(
        string? sweep, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var all = new Call<SweepListDocument>(HttpMethod.Get, ApiRoutes.Sweeps, ApiJson.Default.SweepListDocument);
        var patience = Patience;
        while (true)
        {
            var sweeps = sweep is null
                ? (await _line.SendAsync(all, patience, cancellation)).Sweeps
                : [await _line.SendAsync(StatusOf(sweep), patience, cancellation)];
            yield return sweeps;
            if (sweep is not null && IsOver(sweeps[0]))
            {
                yield break;
            }

            patience = Patience.Endless;
            await Task.Delay(WatchInterval, _clock, cancellation);
        }
    }

    /// <summary>Log lines of the first process that answers, oldest first, whether or not its coordinator is active.</summary>
    /// <param name="lines">How many of the latest.</param>
    /// <param name="level">Only lines of this level and above; null for information.</param>
    /// <param name="follow">Whether lines follow as they are written, until the process or the caller ends it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<LogLineDocument> ReadLogsAsync(
        long lines, string? level, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = Query.Of(
            ("lines", lines.ToString(CultureInfo.InvariantCulture)),
            ("follow", follow ? "true" : "false"),
            ("level", level));

        var call = new Call<StreamReader>(HttpMethod.Get, ApiRoutes.Logs + query, Json: null) { Open = stream => new StreamReader(stream) };
        using var reader = await _line.SendAsync(call, Patience, cancellation);
        while (await NextLineAsync(reader, cancellation) is { } line)
        {
            yield return LineIn(line);
        }
    }

    public void Dispose() => _line.Dispose();

    private static LogLineDocument LineIn(string line)
    {
        try
        {
            return AnswerReader.Read(line, ApiJson.Default.LogLineDocument);
        }
        catch (JsonException malformed)
        {
            throw new MalformedAnswerException(AnswerReader.Describe(malformed));
        }
    }

    private static async Task<string?> NextLineAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new CoordinatorUnreachableException($"the answer has broken off: {broken.Message}");
        }
    }

    // Who waited on would perhaps wait for ever.
    private static bool IsOver(SweepDocument sweep) => sweep.HasKnownState || sweep.Over is not null
        ? sweep.IsOver
        : throw new MalformedAnswerException(VisibleText.Line(
            $"{sweep.Name} is {sweep.State}, a state that this program does not know; is the coordinator of another version than this program?"));

    // These two would lead to other addresses, however they are written.
    private static string PathOf(string sweep) => sweep is "." or ".."
        ? throw new CoordinatorException(new ProblemDocument("Bad Request", 400, $"'{sweep}' is no sweep's name"))
        : $"{ApiRoutes.Sweeps}/{Uri.EscapeDataString(sweep)}";

    private static Call<SweepDocument> StatusOf(string sweep) => new(HttpMethod.Get, PathOf(sweep), ApiJson.Default.SweepDocument);

    private static ByteArrayContent JsonContentOf<T>(T document, JsonTypeInfo<T> json) =>
        new(JsonSerializer.SerializeToUtf8Bytes(document, json))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };

    private Task<SweepDocument> PostAsync(string sweep, string command, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"{PathOf(sweep)}/{command}", ApiJson.Default.SweepDocument, cancellation);

    private Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> json, CancellationToken cancellation)
        where T : class => SendAsync(new Call<T>(method, path, json), cancellation);

    private Task<T> SendAsync<T>(Call<T> call, CancellationToken cancellation)
        where T : class => _line.SendAsync(call, Patience, cancellation);
}
