using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SparseProp.Cluster.Membership;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Results.Store;
using SparseProp.Service.Hosting;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class JoiningActorTests : IAsyncDisposable
{
    private readonly List<LoopbackNode> _nodes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task WhoHoldsTheStoresBeginsAClusterAndNotesItsMembers()
    {
        var holder = await StartAsync();
        var memory = new Memory { CanHold = true };
        Join(holder, memory);
        await holder.UpAsync();
        Assert.Equal([$"{holder.Address}"], await memory.Noted(1));

        var other = await StartAsync();
        var others = new Memory { Members = [$"{holder.Address}"] };
        Join(other, others);
        await other.UpAsync();

        Assert.Equal(new[] { holder, other }.Select(node => $"{node.Address}").Order(StringComparer.Ordinal), await memory.Noted(2));
        Assert.False(others.Noted(1).IsCompleted);
    }

    [Fact]
    public async Task WhoDoesNotHoldTheStoresBeginsNoneUntilItDoes()
    {
        var node = await StartAsync();
        var memory = new Memory();
        var looking = node.Hear<Info>(info => $"{info.Message}".Contains("Looking for the cluster", StringComparison.Ordinal));
        Join(node, memory);
        await looking;
        Assert.Empty(node.Cluster.State.Members);

        memory.CanHold = true;

        Assert.Equal([$"{node.Address}"], await memory.Noted(1));
    }

    [Fact]
    public async Task ARestartedHolderFindsTheMembersThatAreStillThere()
    {
        var (left, configured) = (await StartAsync(), await StartAsync());
        left.Cluster.Join(left.Address);
        configured.Cluster.Join(left.Address);
        await Task.WhenAll(left.UpAsync(), configured.UpAsync());

        var (byMemory, byName) = (await StartAsync(), await StartAsync());
        Join(byMemory, new Memory { CanHold = true, Members = [$"{left.Address}"] });
        Join(byName, new Memory { CanHold = true }, configured.Address);

        await Task.WhenAll(byMemory.UpAsync(), byName.UpAsync());
        await Task.WhenAll(left.MeetsAsync(byMemory.Address), left.MeetsAsync(byName.Address));
    }

    [Fact]
    public async Task WhoHoldsACopyOfOthersStoresBeginsAClusterOfItsOwnAndSaysSo()
    {
        var (original, node) = (await StartAsync(), await StartAsync());
        original.Cluster.Join(original.Address);
        await original.UpAsync();
        var warned = node.Hear<Warning>(warning => $"{warning.Message}".Contains("is a copy", StringComparison.Ordinal));

        var memory = new Memory { CanHold = true, IsCopy = true, Members = [$"{original.Address}"] };
        Join(node, memory);

        await warned;
        Assert.Equal([$"{node.Address}"], await memory.Noted(1));
    }

    [Fact]
    public async Task MembersThatCannotBeNotedAreNoReasonToStop()
    {
        var node = await StartAsync();
        var memory = new Memory { CanHold = true, Fault = new StoreException("no room") };
        var warned = node.Hear<Warning>(warning => $"{warning.Message}".Contains("no room", StringComparison.Ordinal));
        Join(node, memory);
        await warned;

        memory.Fault = null;
        var other = await StartAsync();
        other.Cluster.Join(node.Address);

        Assert.Equal(2, (await memory.Noted(2)).Count);
    }

    [Fact]
    public async Task StoresThatNobodyCanHaveAreSaidToBe()
    {
        var node = await StartAsync();
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        Join(node, new Memory { HoldFault = new StoreException("damaged") }, [], failure => failed.TrySetResult(failure));

        Assert.Equal("damaged", (await failed.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken)).Message);
    }

    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData(false, "nobody is reached at 127.0.0.1:")]
    [InlineData(true, "speaks HTTP")]
    public async Task WhoIsNamedAndIsNoNodeIsSaidToBeNoneOnce(bool answers, string words)
    {
        var stranger = CannedServer.Of("text/html", "<html>");
        var place = new Address("akka.tcp", SweepNode.SystemName, "127.0.0.1", stranger.Port);
        if (!answers)
        {
            await stranger.DisposeAsync();
        }

        using var captured = new CapturedLines();
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(captured));
        var (told, node) = (logs.CreateLogger("told"), await StartAsync());
        var failures = node.Hear<AssociationErrorEvent>();
        IReadOnlyList<Address> named = [place];
        Action<Exception> failed = failure => Assert.Fail(failure.Message);
        node.System.ActorOf(Props.Create(() => new JoiningActor(named, null, failed, told)), "joining");

        var line = await captured.FirstAsync(line => ((string)line["message"]!).Contains("in no cluster yet", StringComparison.Ordinal));
        Assert.Contains(words, (string)line["message"]!, StringComparison.Ordinal);
        Assert.Contains($":{place.Port}", (string)line["message"]!, StringComparison.Ordinal);
        await failures;
        Assert.Single(captured.Lines);
        if (answers)
        {
            await stranger.DisposeAsync();
        }
    }

    private static void Join(LoopbackNode node, Memory memory, params IReadOnlyList<Address> named) =>
        Join(node, memory, named, failure => Assert.Fail(failure.Message));

    private static void Join(LoopbackNode node, Memory memory, IReadOnlyList<Address> named, Action<Exception> failed) =>
        node.System.ActorOf(Props.Create(() => new JoiningActor(named, memory, failed, NullLogger.Instance)), "joining");

    private async Task<LoopbackNode> StartAsync()
    {
        var node = await LoopbackNode.StartAsync(NodeRoles.Coordinator);
        _nodes.Add(node);
        return node;
    }

    /// <summary>What is beside the stores, without them.</summary>
    private sealed class Memory : IMemberMemory
    {
        private readonly TaskCompletionSource<IReadOnlyList<string>>[] _noted = [new(), new()];
        private volatile bool _canHold;
        private volatile StoreException? _fault;

        public bool CanHold
        {
            get => _canHold;
            set => _canHold = value;
        }

        public StoreException? Fault
        {
            get => _fault;
            set => _fault = value;
        }

        public StoreException? HoldFault { get; init; }

        public bool IsCopy { get; init; }

        public IReadOnlyList<string> Members
        {
            // Who holds a copy has forgotten them.
            get => IsCopy && IsHeld ? [] : field;
            init;
        } = [];

        public bool IsHeld { get; private set; }

        public bool TryHold() => HoldFault is null ? IsHeld = IsHeld || CanHold : throw HoldFault;

        public void Remember(IReadOnlyList<string> addresses)
        {
            if (Fault is { } fault)
            {
                throw fault;
            }

            _noted[addresses.Count - 1].TrySetResult(addresses);
        }

        /// <summary>The addresses that were noted first when there were so many.</summary>
        public Task<IReadOnlyList<string>> Noted(int members) =>
            _noted[members - 1].Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
    }
}
