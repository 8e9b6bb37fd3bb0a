using System.Diagnostics.Metrics;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Membership;
using SparseProp.Cluster.Metrics;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Service.Api.Events;
using SparseProp.Service.Api.Limits;
using SparseProp.Service.Api.Logs;

namespace SparseProp.Service.Api;

/// <summary>What the API needs to know of the node it is part of.</summary>
internal sealed record CoordinatorApiOptions
{
    /// <summary>Where to listen. Port 0 takes any free one. 0.0.0.0 and [::] mean every address.</summary>
    public required HostPort Endpoint { get; init; }

    /// <summary>What callers must show, as a bearer token; null where anybody may do anything.</summary>
    public string? Token { get; init; }

    /// <summary>The coordinator of this process; null while there is none. Called by any thread.</summary>
    public required Func<IActorRef?> Coordinator { get; init; }

    /// <summary>The folder of a sweep's store; null where there is no such sweep. Called by any thread.</summary>
    public required Func<string, string?> StoreOf { get; init; }

    /// <summary>Where files wait that were sent for sweeps.</summary>
    public required FileArchive Uploads { get; init; }

    /// <summary>How large one of them may be, in bytes. Default: 4 GiB, as much as is read of one.</summary>
    public long MostFileBytes { get; init; } = 4L << 30;

    /// <summary>The cluster that the node of this process is in; null while it is in none. Called by any thread.</summary>
    public Func<ClusterMembership?> Membership { get; init; } = () => null;

    /// <summary>Why the stores cannot be written; null where they can. Called by any thread.</summary>
    public Func<string?> StoreProblem { get; init; } = () => null;

    /// <summary>What the coordinator of this process notices.</summary>
    public NoticeFeed Notices { get; init; } = new();

    /// <summary>The process's latest log lines.</summary>
    public LogRing Logs { get; init; } = new();

    /// <summary>What is measured of the coordinator of this process.</summary>
    public CoordinatorMetrics Metrics { get; init; } = new(new Meter(CoordinatorMetrics.MeterName), TimeProvider.System);

    /// <summary>How the names of folders begin, in the machine's temporary one, where files lie while they are sent.</summary>
    public string TemporaryPrefix { get; init; } = "sparseprop-api-";

    public ApiLimits Limits { get; init; } = new();

    public required Action<ILoggingBuilder> Logging { get; init; }

    /// <summary>How long the coordinator may take to answer. Default: 10 s; it takes milliseconds unless it opens a large store.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
