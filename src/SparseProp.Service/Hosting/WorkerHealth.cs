using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Workers;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;

namespace SparseProp.Service.Hosting;

/// <summary>
/// What a process that is a worker only says over HTTP: <c>/health/live</c> and <c>/health/ready</c>, to anybody, for those who start,
/// watch and stop such processes.
/// </summary>
internal sealed class WorkerHealth : IAsyncDisposable
{
    private const int MostConnections = 32;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private WorkerHealth(WebApplication app)
    {
        _app = app;
        Address = NodeListener.AddressOf(app);
    }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public Uri Address { get; }

    /// <summary>Listens until it is disposed of.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="worker">The worker of this process; null while there is none. Called by any thread.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The endpoint is taken by somebody else.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The host cannot be resolved.</exception>
    public static async Task<WorkerHealth> StartAsync(
        HostPort endpoint, Func<IActorRef?> worker, Action<ILoggingBuilder> logging, CancellationToken cancellation)
    {
        var app = (await NodeListener.PrepareAsync(endpoint, logging, MostConnections, cancellation)).Build();
        try
        {
            new HealthRoutes(asking => FindAsync(worker(), asking)).Map(app);
            await app.StartAsync(cancellation);
            return new WorkerHealth(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ready is a worker that a coordinator has welcomed and that takes its work.</summary>
    public static async Task<HealthDocument> FindAsync(IActorRef? worker, CancellationToken cancellation)
    {
        if (worker is null)
        {
            return NotReady("the worker is not in the cluster");
        }

        try
        {
            var status = await worker.Ask<WorkerStatus>(new GetWorkerStatus(), AnswerTimeout, cancellation);
            return status switch
            {
                { IsDraining: true } => NotReady("the worker is draining: it takes no more work"),
                { IsWelcome: false } => NotReady("no coordinator has welcomed the worker"),
                _ => new HealthDocument(true, []),
            };
        }
        catch (AskTimeoutException)
        {
            return NotReady("the worker does not answer");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static HealthDocument NotReady(string reason) => new(false, [reason]);
}
