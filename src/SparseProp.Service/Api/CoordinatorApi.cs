using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparseProp.Service.Api.Description;
using SparseProp.Service.Api.Events;
using SparseProp.Service.Api.Limits;
using SparseProp.Service.Api.Logs;
using SparseProp.Service.Dashboard;
using SparseProp.Service.Palettes;

namespace SparseProp.Service.Api;

/// <summary>The coordinator's HTTP API: what operators and the command line speak to. See README.md for its routes.</summary>
internal sealed class CoordinatorApi : IAsyncDisposable
{
    private const int MostConnections = 256;

    private readonly WebApplication _app;

    private CoordinatorApi(WebApplication app)
    {
        _app = app;
        Address = NodeListener.AddressOf(app);
    }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public Uri Address { get; }

    /// <summary>The routes that it answers.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Listens until it is disposed of. Independent of whether there is a coordinator yet.</summary>
    /// <exception cref="IOException">The endpoint is taken by somebody else.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The host cannot be resolved.</exception>
    public static async Task<CoordinatorApi> StartAsync(CoordinatorApiOptions options, CancellationToken cancellation)
    {
        var builder = await NodeListener.PrepareAsync(options.Endpoint, options.Logging, MostConnections, cancellation);
        builder.Services.AddSingleton(_ => new CoordinatorGateway(options.Coordinator, options.AnswerTimeout));
        builder.Services.AddSingleton(_ => new StoreReaders(options.StoreOf));
        builder.Services.AddSingleton(services => new CoordinatorEvents(
            services.GetRequiredService<CoordinatorGateway>(), options.Membership, options.Notices, options.Limits.EventInterval));
        MetricsRoute.AddTo(builder.Services, options.Metrics, options.Membership);
        RequestRate.AddTo(builder.Services, options.Limits);
        ApiDescription.AddTo(builder.Services, wantsToken: options.Token is not null);

        var app = builder.Build();
        try
        {
            Map(app, options);
            await app.StartAsync(cancellation);
            return new CoordinatorApi(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Map(WebApplication app, CoordinatorApiOptions options)
    {
        app.Use(new ProblemResponses(app.Services.GetRequiredService<ILogger<CoordinatorApi>>()).InvokeAsync);
        app.Use(RequestLength.InvokeAsync);
        RequestRate.Use(app);
        var bearer = options.Token is { } token ? new BearerToken(token) : null;
        app.Use(bearer is not null ? bearer.InvokeAsync : new BrowserGuard(options.Endpoint).InvokeAsync);

        var gateway = app.Services.GetRequiredService<CoordinatorGateway>();
        var stores = app.Services.GetRequiredService<StoreReaders>();
        var streams = new OpenStreams(
            options.Limits.MostStreams, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var files = new UploadedFiles(options.Uploads, TimeProvider.System);
        new FileRoutes(files, gateway, options.MostFileBytes).Map(app);
        new SweepRoutes(gateway, files).Map(app);
        new TableRoute(stores).Map(app);
        new PointRoutes(stores).Map(app);
        new ResultsRoute(stores, options.TemporaryPrefix).Map(app);
        new StoreRoute(stores).Map(app);
        new ClusterRoutes(gateway).Map(app);
        new HealthRoutes(new CoordinatorReadiness(gateway, options.StoreProblem).FindAsync).Map(app);
        new MemberRoutes(options.Membership).Map(app);
        new MetricsRoute(app).Map(app);
        new EventRoutes(app.Services.GetRequiredService<CoordinatorEvents>(), streams, options.Limits.Heartbeat).Map(app);
        new LogRoute(options.Logs, streams).Map(app);
        new PaletteRoutes(PalettesOf(app, options).CreateShell(), streams).Map(app);
        ApiDescription.Map(app);
        new DashboardRoutes(gateway, stores, options.Membership, bearer).Map(app);
    }

    private static OperatorPalettes PalettesOf(WebApplication app, CoordinatorApiOptions options) => new(
        app.Services.GetRequiredService<CoordinatorGateway>(),
        app.Services.GetRequiredService<CoordinatorEvents>(),
        app.Services.GetRequiredService<StoreReaders>(),
        options.Logs,
        options.Membership);
}
