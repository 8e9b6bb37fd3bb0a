using System.Net;
using Akka.Actor;
using SparseProp.EndToEnd;
using SparseProp.Results.Manifests;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Hosting.Security;

/// <summary>A coordinator and a worker in one node, as the command line runs them.</summary>
public sealed class RunningNode : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;
    private string _listens = "";

    /// <summary>Where its stores are, and room for others' files.</summary>
    public WorkFolder Folder { get; } = new();

    public Address Address
    {
        get
        {
            var endPoint = IPEndPoint.Parse(_listens);
            return new Address("akka.tcp", SweepNode.SystemName, $"{endPoint.Address}", endPoint.Port);
        }
    }

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasEnded => _run.IsCompleted;

    public async ValueTask InitializeAsync()
    {
        var options = new NodeOptions { Listen = new HostPort("127.0.0.1", 0), Store = Folder.In("stores"), Slots = 1 };
        var provenance = RunProvenance.Capture("", typeof(RunningNode).Assembly, new Dictionary<string, string>());
        _run = Task.Run(() => NodeProcess.RunAsync(NodeRole.All, options, provenance, _ => { }, Announce, _stop.Token));
        await Task.WhenAny(_run, _listening.Task);
        _listens = await _listening.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        Folder.Dispose();
    }

    private void Announce(string line)
    {
        if (line.Split(' ') is ["listening", var where])
        {
            _listening.TrySetResult(where);
        }
    }
}
