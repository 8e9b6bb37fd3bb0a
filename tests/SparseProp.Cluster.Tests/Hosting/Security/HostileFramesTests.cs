using System.Runtime.Serialization;
using Akka.Actor;
using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Hosting.Security;

/// <summary>What somebody who has found a node's port cannot do there: make it run anything, end it, or fill its memory.</summary>
[Collection(nameof(Alone))]
public sealed class HostileFramesTests(RunningNode node) : IClassFixture<RunningNode>, IAsyncDisposable
{
    private const int LargestFrame = 512_000;

    private static readonly int[] Serializers = [-5, .. Enumerable.Range(0, 41), 1201];

    // For each connection or message, its sender's part in this process included.
    private const long MostAllocatedBytes = 4 * LargestFrame;

    /// <summary>A node with all that Akka brings, to write what ours would not.</summary>
    private readonly ActorSystem _stock = ActorSystem.Create(
        "stock", "akka { actor.provider = cluster, loglevel = OFF, stdout-loglevel = OFF, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }");

    private string Trace => node.Folder.In("executed");

    public async ValueTask DisposeAsync() => await _stock.Terminate();

    [Fact]
    public async Task AJsonPayloadMakesNoObject()
    {
        await SendAndProbeAsync("/user/joining", Pack(SpyingObject.At(Trace)));
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task NoActorIsDeployedFromElsewhere()
    {
        var trace = Trace;
        var props = Props.Create(() => new SpyingActor(trace)).WithDeploy(new Deploy(new RemoteScope(node.Address)));
        var deployed = _stock.ActorOf(props, "spy");

        var answer = await deployed.Ask<ActorIdentity>(new Identify("spy"), Hang.After, TestContext.Current.CancellationToken);

        Assert.Null(answer.Subject);
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task NoExceptionIsMadeFromWhatAMessageSays()
    {
        await SendAndProbeAsync("/user/joining", Pack(new Status.Failure(new SpyingException(Trace))));
        await AssertUnharmedAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(LargestFrame + 1)]
    public async Task ALengthThatNoFrameHasEndsItsConnectionAtMost(int length)
    {
        using (var stranger = await Stranger.ConnectAsync(node.Address))
        {
            await stranger.SendAsync(AkkaWire.Frame(new byte[16], length));
            await stranger.SendAsync(new byte[LargestFrame]);
        }

        using (var associated = await Stranger.AssociateAsync(node.Address))
        {
            await associated.SendAsync(AkkaWire.Frame(new byte[16], length));
            await ProbeAsync(associated);
        }

        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task NoiseIsNoHarm()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            var noise = new byte[random.Next(1, 2000)];
            random.NextBytes(noise);
            using var stranger = await Stranger.ConnectAsync(node.Address);
            await stranger.SendAsync(round % 2 == 0 ? noise : AkkaWire.Frame(noise));
        }

        using (var associated = await Stranger.AssociateAsync(node.Address))
        {
            await associated.SendAsync(AkkaWire.Frame([1, 2, 3]));
            await ProbeAsync(associated);
        }

        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task ConnectionsThatStopHalfWayTakeLittleMemory()
    {
        const int connections = 100;
        var before = GC.GetTotalAllocatedBytes();
        var strangers = new List<Stranger>();
        for (var number = 0; number < connections; number++)
        {
            var stranger = await Stranger.AssociateAsync(node.Address);
            strangers.Add(stranger);
            await stranger.SendAsync(AkkaWire.Frame(new byte[16], number % 2 == 0 ? LargestFrame : int.MaxValue));
        }

        await AssertUnharmedAsync();
        strangers.ForEach(stranger => stranger.Dispose());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, connections * MostAllocatedBytes);
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task NoiseForASerializerIsNoHarm()
    {
        var random = new Random(1);
        string[] manifests = ["", "ID", "HB", "point-report", "A", "System.String", typeof(SpyingActor).AssemblyQualifiedName!];
        var parcels = Enumerable.Range(0, 5000).Select(_ =>
        {
            var noise = new byte[random.Next(0, 200)];
            random.NextBytes(noise);
            return new Parcel(random.GetItems(Serializers, 1)[0], random.GetItems(manifests, 1)[0], noise);
        });

        await SendAndProbeAsync("/user/joining", [.. parcels]);
        await AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("/user/sweeps/sweeps")]
    [InlineData("/user/worker")]
    public async Task MessagesWithWrongBytesAreNoHarmToWhoReadsThem(string recipient)
    {
        await using var peer = await LoopbackNode.StartAsync();
        Assert.True(await peer.AskAsync(node.Address, recipient));
        object[] messages =
        [
            new WorkerHello("host-1", "host", 7, 2, WorkProtocol.Version, 1, "0.1+c", [new HeldLease(new Lease(1, 2), "s", [1, 2])]),
            new RequestWork("host-1", 7),
            new LeasesHeld("host-1", [new HeldLease(new Lease(1, 2), "s", [1])]),
            new PointsReturned("host-1", new Lease(1, 2), [1]),
            new WorkGranted(7, new Lease(3, 4), "s", 30, []),
            new FetchCheckpoint("host-1", "s", 1, 2, 3),
            new CheckpointKept("s", 1, 2, -1),
            new PointReport("host-1", "s", new Lease(2, 5), Points.Ok(7)),
        ];
        var random = new Random(1);
        var parcels = new List<Parcel>();
        foreach (var message in messages)
        {
            var serializer = peer.System.Serialization.FindSerializerFor(message);
            var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);
            for (var round = 0; round < 50; round++)
            {
                var bytes = serializer.ToBinary(message);
                for (var mutation = 0; mutation < round % 4; mutation++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                parcels.Add(new Parcel(serializer.Identifier, manifest, bytes));
            }
        }

        var before = GC.GetTotalAllocatedBytes();
        await SendAndProbeAsync(recipient, [.. parcels]);

        Assert.True(await peer.AskAsync(node.Address, recipient));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, parcels.Count * MostAllocatedBytes);
        await AssertUnharmedAsync();
    }

    public static TheoryData<string> Nestings => [.. Nested.Keys];

    [Theory]
    [MemberData(nameof(Nestings))]
    public async Task WhatIsNestedWithoutEndIsNoHarm(string what)
    {
        await SendAndProbeAsync("/user/joining", Nested[what]());
        await AssertUnharmedAsync();
    }

    private static readonly Dictionary<string, Func<Parcel[]>> Nested = new()
    {
        ["messages in messages"] = () => [Nest(16, "ID", 2, 3, 1)],
        ["selections in selections"] = () => [Nest(6, "", 2, 3, 1)],
        ["routers in routers"] = () => [Nest(5, "Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster", 1, 2, 3)],
        ["settings in settings"] = () =>
            [new(16, "CF", new ProtocolBuffer().Text(1, string.Concat(Enumerable.Repeat("a{", LargestFrame / 3))).ToArray())],
        ["arrays of arrays"] = () => ForAll("System.Int32" + string.Concat(Enumerable.Repeat("[]", LargestFrame / 3))),
        ["types in types"] = () => ForAll(
            string.Concat(Enumerable.Repeat("System.Collections.Generic.List`1[", 10_000)) + "System.Int32" + new string(']', 10_000)),
    };

    /// <summary>For each serializer that there may be a message with this manifest.</summary>
    private static Parcel[] ForAll(string manifest) =>
        [.. Serializers.Select(serializer => new Parcel(serializer, manifest, []))];

    /// <summary>A message inside of a message and so on, as much as fits a frame.</summary>
    /// <param name="serializer">The one that reads each of them.</param>
    /// <param name="manifest">With this manifest.</param>
    /// <param name="serializerField">Where a message says which serializer the one inside is for,</param>
    /// <param name="manifestField">its manifest,</param>
    /// <param name="contentField">and its bytes.</param>
    private static Parcel Nest(int serializer, string manifest, int serializerField, int manifestField, int contentField)
    {
        var heads = new Stack<byte[]>();
        var length = 0;
        while (length < LargestFrame - 1000)
        {
            var head = new ProtocolBuffer().Number(serializerField, (ulong)serializer).Text(manifestField, manifest).Head(contentField, length).ToArray();
            heads.Push([.. new ProtocolBuffer().Head(1, head.Length + length).ToArray(), .. head]);
            length += heads.Peek().Length;
        }

        return new Parcel(serializer, manifest, [.. heads.SelectMany(head => head)]);
    }

    private async Task SendAndProbeAsync(string path, params Parcel[] parcels)
    {
        using var stranger = await Stranger.AssociateAsync(node.Address);
        foreach (var parcel in parcels)
        {
            await stranger.SendAsync($"{node.Address}{path}", parcel);
        }

        await ProbeAsync(stranger);
    }

    /// <summary>Waits until the node has read all that the stranger has sent, or has closed the connection.</summary>
    private async Task ProbeAsync(Stranger stranger)
    {
        var mark = Guid.NewGuid().ToString();
        await stranger.SendAsync($"{node.Address}/user/joining", Pack(new Identify(mark)));
        await stranger.HearsAsync(mark);
    }

    private async Task AssertUnharmedAsync()
    {
        await using var peer = await LoopbackNode.StartAsync();
        Assert.True(await peer.AskAsync(node.Address, "/user/joining"));
        Assert.False(node.HasEnded);
        Assert.False(File.Exists(Trace), "code of the stranger's choice was run");
    }

    private Parcel Pack(object message) => Akka.Serialization.Serialization.WithTransport((ExtendedActorSystem)_stock, () =>
    {
        var serializer = _stock.Serialization.FindSerializerFor(message);
        return new Parcel(serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, message), serializer.ToBinary(message));
    });

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    /// <summary>Leaves a trace when a reader sets its property.</summary>
    public sealed class SpyingObject
    {
        private string _path = "";

        public static SpyingObject At(string path) => new() { _path = path };

        public string Path
        {
            get => _path;
            set => File.WriteAllText(_path = value, "");
        }
    }

    public sealed class SpyingActor : ActorBase
    {
        public SpyingActor(string path) => File.WriteAllText(path, "");

        protected override bool Receive(object message) => true;
    }

    public sealed class SpyingException : Exception
    {
        private readonly string _path;

        public SpyingException(string path) => _path = path;

#pragma warning disable SYSLIB0051, CS0672 // It is what Akka calls.
        private SpyingException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
            _path = info.GetString(nameof(_path))!;
            File.WriteAllText(_path, "");
        }

        public override void GetObjectData(SerializationInfo info, StreamingContext context)
        {
            base.GetObjectData(info, context);
            info.AddValue(nameof(_path), _path);
        }
#pragma warning restore SYSLIB0051, CS0672
    }
}
