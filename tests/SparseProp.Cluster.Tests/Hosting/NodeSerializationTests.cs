using Akka.Actor;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class NodeSerializationTests : IAsyncLifetime
{
    private LoopbackNode _node = null!;

    private Akka.Serialization.Serialization Serialization => _node.System.Serialization;

    public async ValueTask InitializeAsync() => _node = await LoopbackNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public void NoOtherSerializerIsThere()
    {
        static bool Exists(string refusal) => !refusal.StartsWith("Cannot find serializer", StringComparison.Ordinal);

        var present = Enumerable.Range(-100, 2000).Where(identifier => Exists(RefusalOf(identifier, "no-such-manifest")));

        Assert.Equal("-5 0 1 2 3 4 5 6 9 11 12 13 14 15 16 17 22 30 36 1201", string.Join(" ", present));
    }

    [Fact]
    public void WhatNodesSayToEachOtherIsRead()
    {
        var actor = _node.System.ActorOf(Props.Empty, "some");
        object[] messages =
        [
            new Identify("who"),
            new ActorSelectionMessage(new Identify("who"), [new SelectChildName("user"), new SelectChildName("some")]),
            new ActorIdentity("who", actor),
            new ActorIdentity(null, actor),
            actor,
            new RequestWork("worker", 1),
        ];

        Assert.All(messages, message => Assert.Equivalent(message, Travelled(message)));
    }

    private object Travelled(object message) => Akka.Serialization.Serialization.WithTransport((ExtendedActorSystem)_node.System, () =>
    {
        var serializer = Serialization.FindSerializerFor(message);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);

        // As Akka's remoting does it.
        return Serialization.Deserialize(serializer.ToBinary(message), serializer.Identifier, manifest.Length == 0 ? null : manifest);
    });

    private string RefusalOf(int serializer, string manifest) =>
        Assert.ThrowsAny<Exception>(() => Serialization.Deserialize([], serializer, manifest)).Message;
}
