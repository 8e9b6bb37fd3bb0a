using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Hosting;
using SparseProp.EndToEnd;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;
using SparseProp.Service.Hosting.Security;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Hosting.Security;

public sealed class RemotingTlsTests : IAsyncDisposable
{
    private static readonly RequestWork Message = new("worker", 1);

    private readonly WorkFolder _folder = new();
    private readonly List<LoopbackNode> _nodes = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task NodesOfOneAuthorityExchangeMessages()
    {
        var (one, other) = (await StartAsync(Credentials("ours", "one")), await StartAsync(Credentials("ours", "other")));
        Assert.Equal("akka.ssl.tcp", one.Address.Protocol);
        var received = one.ReceiveAs("inbox");

        other.System.ActorSelection($"{one.Address}/user/inbox").Tell(Message);

        Assert.Equal(Message, await received.WaitAsync(Hang.After, Cancellation));
        Assert.True(await one.AskAsync(other.Address, "/system"));
    }

    [Fact]
    public Task ANodeOfAnotherAuthorityIsRefusedThoughItsAuthorityHasTheSameName() =>
        AssertRefusedAsync(Careless("theirs", "node"), "is not one of this cluster");

    [Theory]
    [InlineData(-5, "it has expired on ")]
    [InlineData(5, "it is valid only from ")]
    public async Task ANodeWhoseCertificateIsNotValidNowIsRefusedWithTheReason(int daysFromNow, string reason)
    {
        var day = TimeSpan.FromDays(1);
        ClusterCertificates.Create(_folder.In("ours"), "first", [], day, DateTimeOffset.UtcNow - (10 * day));
        ClusterCertificates.Create(_folder.In("ours"), "other", [], day, DateTimeOffset.UtcNow + (daysFromNow * day));

        await AssertRefusedAsync(Careless("ours", "other"), reason);
    }

    [Fact]
    public async Task NodesOfAnAuthorityAndOfTheOneAfterItKnowEachOther()
    {
        var before = Credentials("ours", "old");
        var alone = _folder.Write("before.pem", await File.ReadAllTextAsync(_folder.In("ours/ca.pem"), Cancellation));
        ClusterCertificates.RenewAuthority(_folder.In("ours"), DateTimeOffset.UtcNow);
        Credentials("ours", "new");
        var (authorities, old, @new) = (_folder.In("ours/ca.pem"), _folder.In("ours/old.pem"), _folder.In("ours/new.pem"));

        // One node has been given both authorities, and goes on with its certificate; the next has a new one, too.
        var (first, second) = (await StartAsync(Load(old, authorities)), await StartAsync(Load(@new, authorities)));
        Assert.True(await first.AskAsync(second.Address, "/system"));
        Assert.True(await second.AskAsync(first.Address, "/system"));

        // One that waits for both is still known to the one that has its old certificate.
        var third = await StartAsync(before);
        Assert.True(await third.AskAsync(first.Address, "/system"));
        Assert.Equal($"--tls: {@new} was issued by none of the authorities in {alone}; make a new one with 'sparseprop certificates'", Refusal(() => Load(@new, alone)));
    }

    [Fact]
    public async Task ANodeRefusesToTalkToOneOfAnotherAuthority()
    {
        var (impostor, node) = (await StartAsync(Careless("theirs", "node")), await StartAsync(Credentials("ours", "node")));
        var received = impostor.ReceiveAs("inbox");
        var (warned, failed) = (node.Hear<Warning>(IsRefusal), node.Hear<AssociationErrorEvent>());

        node.System.ActorSelection($"{impostor.Address}/user/inbox").Tell(Message);

        Assert.Contains("is not one of this cluster", $"{(await warned).Message}", StringComparison.Ordinal);
        Assert.Equal(impostor.Address, (await failed).RemoteAddress);
        Assert.False(received.IsCompleted);
    }

    [Fact]
    public async Task WhoShowsACertificateIsGreetedAndWhoShowsNoneIsNot()
    {
        var node = await StartAsync(Credentials("ours", "node"));
        using (await Stranger.AssociateAsync(node.Address, Credentials("ours", "other").X509Certificate))
        {
            // It is greeted.
        }

        var associated = node.Hear<AssociatedEvent>();
        try
        {
            using var unknown = await Stranger.ConnectAsync(node.Address, certificate: null);
            await unknown.GreetAsync();
            Assert.Empty(await unknown.HearOutAsync());
        }
        catch (AuthenticationException)
        {
            // Depending on the version of TLS, so early.
        }

        await AssertStillServesAsync(node);
        Assert.Equal(Assert.Single(_nodes[1..]).Address, (await associated).RemoteAddress);
    }

    [Fact]
    public async Task WhoSpeaksInTheClearIsNotGreeted()
    {
        var node = await StartAsync(Credentials("ours", "node"));
        var associated = node.Hear<AssociatedEvent>();
        using (var stranger = await Stranger.ConnectAsync(node.Address))
        {
            await stranger.GreetAsync();
            Assert.DoesNotContain(SweepNode.SystemName, Encoding.Latin1.GetString(await stranger.HearOutAsync()), StringComparison.Ordinal);
        }

        await using var plain = await LoopbackNode.StartAsync();
        var failed = plain.Hear<AssociationErrorEvent>();
        plain.System.ActorSelection($"{node.Address.WithProtocol("akka.tcp")}/user/inbox").Tell(Message);
        await failed;

        await AssertStillServesAsync(node);
        Assert.Equal(Assert.Single(_nodes[1..]).Address, (await associated).RemoteAddress);
    }

    [Fact]
    public void ACertificateThatHasExpiredIsNotUsed()
    {
        var error = Refusal(() => Credentials("ours", "old", DateTimeOffset.UtcNow.AddDays(-3)));

        Assert.StartsWith($"--tls: {_folder.In("ours/old.pem")} has expired on ", error, StringComparison.Ordinal);
        Assert.EndsWith("; make a new one with 'sparseprop certificates'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ACertificateOfTheFutureIsNotUsedAndTheClockIsNamed()
    {
        var error = Refusal(() => Credentials("ours", "new", DateTimeOffset.UtcNow.AddDays(3)));

        Assert.StartsWith($"--tls: {_folder.In("ours/new.pem")} is valid only from ", error, StringComparison.Ordinal);
        Assert.Contains("the clock of this machine says", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ACertificateOfAnotherAuthorityIsNotUsed()
    {
        Credentials("ours", "node");
        Credentials("theirs", "node");
        var (node, authority) = (_folder.In("ours/node.pem"), _folder.In("theirs/ca.pem"));

        Assert.StartsWith($"--tls: {node} was issued by none of the authorities in {authority}; ", Refusal(() => Load(node, authority)), StringComparison.Ordinal);
    }

    [Fact]
    public void FilesThatAreNoCertificatesAreNamed()
    {
        Credentials("ours", "node");
        var (node, authority) = (_folder.In("ours/node.pem"), _folder.In("ours/ca.pem"));
        var garbage = _folder.Write("garbage.pem", "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");

        Assert.All(
            [(garbage, authority), (node, garbage), (_folder.In("missing.pem"), authority), (authority, authority)],
            files => Assert.StartsWith($"--tls: {files.Item1} ", Refusal(() => Load(files.Item1, files.Item2)), StringComparison.Ordinal));
    }

    private static bool IsRefusal(Warning warning) => $"{warning.Message}".StartsWith("Refused", StringComparison.Ordinal);

    private static SslOptions Load(string certificate, string authority) => RemotingTls.Load(certificate, authority, TimeProvider.System).Options;

    private static string Refusal(Func<SslOptions> load) => Assert.Single(Assert.Throws<NodeOptionsException>(load).Errors);

    /// <summary>What a node uses that is set up as it should be.</summary>
    private SslOptions Credentials(string authority, string node, DateTimeOffset? madeOn = null)
    {
        ClusterCertificates.Create(_folder.In(authority), node, [], TimeSpan.FromDays(1), madeOn ?? DateTimeOffset.UtcNow);
        return Load(_folder.In($"{authority}/{node}.pem"), _folder.In($"{authority}/{ClusterCertificates.AuthorityFile}"));
    }

    /// <summary>What someone uses who believes anybody: only the other side is left to refuse.</summary>
    private SslOptions Careless(string authority, string node)
    {
        var file = _folder.In($"{authority}/{node}.pem");
        if (!File.Exists(file))
        {
            Credentials(authority, node);
        }

        using var pem = X509Certificate2.CreateFromPemFile(file);
        return new SslOptions
        {
            X509Certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null),
            RequireMutualAuthentication = true,
            ValidateCertificateHostname = false,
            SuppressValidation = false,
            CustomValidator = (_, _, _, _, _) => true,
        };
    }

    private async Task AssertRefusedAsync(SslOptions shown, string reason)
    {
        var (node, impostor) = (await StartAsync(Credentials("ours", "node")), await StartAsync(shown));
        var received = node.ReceiveAs("inbox");
        var (warned, failed) = (node.Hear<Warning>(IsRefusal), impostor.Hear<AssociationErrorEvent>());
        var associated = node.Hear<AssociatedEvent>();

        impostor.System.ActorSelection($"{node.Address}/user/inbox").Tell(Message);

        Assert.Contains(reason, $"{(await warned).Message}", StringComparison.Ordinal);
        Assert.Equal(node.Address, (await failed).RemoteAddress);
        await AssertStillServesAsync(node);
        Assert.Equal(_nodes[^1].Address, (await associated).RemoteAddress);
        Assert.False(received.IsCompleted);
    }

    private async Task AssertStillServesAsync(LoopbackNode node)
    {
        var known = await StartAsync(Credentials("ours", "known"));
        Assert.True(await known.AskAsync(node.Address, "/system"));
    }

    private async Task<LoopbackNode> StartAsync(SslOptions tls)
    {
        var node = await LoopbackNode.StartAsync(tls: tls);
        _nodes.Add(node);
        return node;
    }
}
