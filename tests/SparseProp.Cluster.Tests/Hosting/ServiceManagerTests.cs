using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SparseProp.EndToEnd;
using SparseProp.Results.Manifests;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class ServiceManagerTests : IDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData(NodeRole.Coordinator, "STATUS=coordinator in office")]
    [InlineData(NodeRole.Worker, "STATUS=looks for the cluster")]
    public async Task ANodeSaysWhenItIsReadyAndWhenItEnds(NodeRole role, string status)
    {
        using var stop = new CancellationTokenSource();
        var options = new NodeOptions
        {
            Listen = new HostPort("127.0.0.1", 0),
            Join = role == NodeRole.Worker ? [new HostPort("127.0.0.1", 1)] : [],
            Store = _folder.In("stores"),
            Slots = 1,
            ServiceSocket = Listen(_folder.In("notify")),
        };
        var provenance = RunProvenance.Capture("", typeof(ServiceManagerTests).Assembly, new Dictionary<string, string>());
        var node = NodeProcess.RunAsync(role, options, provenance, _ => { }, _ => { }, stop.Token);

        List<string> said = [await HearAsync()];
        while (!said[^1].EndsWith(status, StringComparison.Ordinal))
        {
            said.Add(await HearAsync());
        }

        await stop.CancelAsync();
        var last = await HearAsync();
        await node;

        Assert.StartsWith("READY=1\nSTATUS=", said[0], StringComparison.Ordinal);
        Assert.All(said.Skip(1), line => Assert.StartsWith("STATUS=", line, StringComparison.Ordinal));
        Assert.StartsWith("STOPPING=1\nSTATUS=", last, StringComparison.Ordinal);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task AManagerMayListenInTheAbstractNamespace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has abstract socket names");
        var address = Listen($"@sparseprop-{Guid.NewGuid():N}");

        ServiceManager.At(address, NullLogger.Instance)!.Tell("one\nline");

        Assert.Equal("STATUS=one line", await HearAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("vsock:2:1234")]
    public void ThereIsNoManagerAtWhatIsNoAddress(string? address) => Assert.Null(ServiceManager.At(address, NullLogger.Instance));

    [Fact]
    public void ThereIsNoManagerAtAnAddressThatIsTooLong() =>
        Assert.Null(ServiceManager.At($"/{new string('x', 200)}", NullLogger.Instance));

    [Fact]
    public void AManagerThatIsGoneStopsNobody() => ServiceManager.At(_folder.In("nobody"), NullLogger.Instance)!.Ready("works");

    [Theory]
    [InlineData(null)]
    [InlineData("/run/systemd/notify")]
    public void TheAddressIsInTheEnvironment(string? address)
    {
        Dictionary<string, string> environment = address is null ? [] : new() { ["NOTIFY_SOCKET"] = address };

        var options = NodeOptionsReader.Read(NodeRole.Coordinator, new Dictionary<string, string>(), environment, configFile: null);

        Assert.Equal(address, options.ServiceSocket);
    }

    private string Listen(string address)
    {
        _manager.Bind(new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address));
        return address;
    }

    private async Task<string> HearAsync()
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _manager.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
    }
}
