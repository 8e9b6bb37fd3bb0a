using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Api;

/// <summary>How a node of the cluster serves HTTP: without files, environment or signals of its own, and within bounds.</summary>
internal static class NodeListener
{
    // A process that ends does not wait for slow readers.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Prepares an application that listens at an endpoint; its services and routes are the caller's.</summary>
    /// <param name="endpoint">Where. Port 0 takes any free one. 0.0.0.0 and [::] mean every address.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <param name="mostConnections">How many may be open at once.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The host cannot be resolved.</exception>
    public static async Task<WebApplicationBuilder> PrepareAsync(
        HostPort endpoint, Action<ILoggingBuilder> logging, int mostConnections, CancellationToken cancellation)
    {
        var addresses = await ResolveAsync(endpoint.Host, cancellation);

        // An empty builder: no configuration files, no environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        logging(builder.Logging);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NodesLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            Bound(kestrel.Limits, mostConnections);
            kestrel.AddServerHeader = false;
            foreach (var address in addresses)
            {
                kestrel.Listen(address, endpoint.Port);
            }
        });
        return builder;
    }

    /// <summary>Where a started application listens, with the port that was taken.</summary>
    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => host switch
    {
        // One family only: a free port of both at once cannot be asked for.
        "localhost" => [IPAddress.Loopback],
        _ => IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellation),
    };

    private static void Bound(KestrelServerLimits limits, int mostConnections)
    {
        limits.MaxConcurrentConnections = mostConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = SubmittedFile.MostBytes;
        limits.MaxRequestLineSize = 16 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    /// <summary>Leaves signals to the node's process.</summary>
    private sealed class NodesLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
