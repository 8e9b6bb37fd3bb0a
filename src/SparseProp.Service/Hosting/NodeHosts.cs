using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Serialization;

namespace SparseProp.Service.Hosting;

/// <summary>Makes hosts with an actor system in them, and nothing that reads files, the environment or signals by itself.</summary>
internal static class NodeHosts
{
    public static IHost Build(Action<ILoggingBuilder> logging, Action<AkkaConfigurationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        logging(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddAkka(SweepNode.SystemName, akka =>
        {
            akka.AddSweepSerialization();
            configure(akka);
        });
        return builder.Build();
    }

    /// <summary>Leaves signals to the process that the node is part of.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
