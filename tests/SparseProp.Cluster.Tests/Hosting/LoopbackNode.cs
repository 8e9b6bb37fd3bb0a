using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparseProp.Cluster.Membership;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Cluster.Tests.Hosting;

/// <summary>A node with the product's own network and serializers on loopback, and nothing else on it.</summary>
internal sealed class LoopbackNode : IAsyncDisposable
{
    private readonly IHost _host;

    private LoopbackNode(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public ClusterExtension Cluster => ClusterExtension.Get(System);

    public Address Address => Cluster.SelfAddress;

    /// <param name="role">Its role in the cluster, of which it is no member yet.</param>
    /// <param name="tls">Its certificate, and whom it believes.</param>
    /// <param name="host">Its name for loopback.</param>
    public static async Task<LoopbackNode> StartAsync(
        string role = NodeRoles.Worker, SslOptions? tls = null, string host = "127.0.0.1")
    {
        var built = NodeHosts.Build(_ => { }, akka => akka
            .AddNodeLogging(verbose: true)
            .AddSweepNetwork([role], new HostPort(host, 0), advertise: null, tls, claim: null)
            .AddHocon(NodeSettings.Embedded, HoconAddMode.Prepend));
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new LoopbackNode(built);
    }

    /// <summary>The first event of this type on the system's event stream.</summary>
    public Task<T> Hear<T>(Predicate<T>? isMeant = null)
    {
        var heard = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        isMeant ??= _ => true;
        var ear = System.ActorOf(Props.Create(() => new Ear<T>(heard, isMeant)));
        System.EventStream.Subscribe(ear, typeof(T));
        return heard.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
    }

    /// <summary>Makes an actor and gives what it is told first.</summary>
    public Task<object> ReceiveAs(string name)
    {
        var told = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        Predicate<object> any = _ => true;
        System.ActorOf(Props.Create(() => new Ear<object>(told, any)), name);
        return told.Task;
    }

    /// <summary>Waits until it is a member that is up.</summary>
    public Task UpAsync()
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Cluster.RegisterOnMemberUp(() => up.TrySetResult());
        return up.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until it knows another as a member that is up.</summary>
    public Task MeetsAsync(Address other)
    {
        var met = new TaskCompletionSource<ClusterEvent.MemberUp>(TaskCreationOptions.RunContinuationsAsynchronously);
        Predicate<ClusterEvent.MemberUp> isOther = up => up.Member.Address == other;
        var ear = System.ActorOf(Props.Create(() => new Ear<ClusterEvent.MemberUp>(met, isOther)));
        Cluster.Subscribe(ear, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberUp));
        return met.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
    }

    /// <summary>Whether an actor of another node answers; null where the node does not.</summary>
    public async Task<bool?> AskAsync(Address node, string path)
    {
        try
        {
            var answer = await System.ActorSelection($"{node}{path}").Ask<ActorIdentity>(
                new Identify("present"), Hang.After, TestContext.Current.CancellationToken);
            return answer.Subject is not null;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        _host.Dispose();
    }

    private sealed class Ear<T> : ReceiveActor
    {
        public Ear(TaskCompletionSource<T> heard, Predicate<T> isMeant) => Receive<T>(message =>
        {
            if (isMeant(message))
            {
                heard.TrySetResult(message);
            }
        });
    }
}
