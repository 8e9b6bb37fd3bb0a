using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Serialization;

/// <summary>Every kind of control message: one told by hand, and a generator of all others.</summary>
internal static class ControlMessages
{
    // Short texts often, for their lengths are coded otherwise; whole characters only, for half of a pair has no bytes in UTF-8.
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '\uD7FF'], 0, 6], Gen.String[Gen.Char[' ', '\uD7FF'], 0, 400], Gen.OneOf("", "🧠", new string('x', 254)));

    private static readonly Gen<double> Real = Gen.OneOf(
        Gen.Double, Gen.OneOf(0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon));

    private static readonly Gen<Lease> Leases = Gen.Select(Gen.Long, Gen.Long, (epoch, number) => new Lease(epoch, number));

    private static readonly Gen<long[]> Numbers = Gen.Long.Array[0, 50];

    private static readonly Gen<HeldLease[]> Held =
        Gen.Select(Leases, Text, Numbers, (lease, sweep, points) => new HeldLease(lease, sweep, points)).Array[0, 5];

    private static readonly Gen<GrantedPoint[]> Granted = Gen.Select(
        Text, Gen.Long.Array[5], (point, n) => new GrantedPoint(n[0], point, n[1], n[2], n[3], n[4])).Array[0, 4];

    private static readonly Dictionary<string, Gen<IMessage>> Kinds = new()
    {
        [nameof(WorkerHello)] = Gen.Select(Text.Array[3], Gen.Long.Array[4], Held)
            .Select((t, n, held) => (IMessage)new WorkerHello(t[0], t[1], n[0], n[1], n[2], n[3], t[2], held)),
        [nameof(WorkerWelcome)] = Gen.Long.Select(epoch => (IMessage)new WorkerWelcome(epoch)),
        [nameof(WorkerRefused)] = Text.Select(reason => (IMessage)new WorkerRefused(reason)),
        [nameof(Introduce)] = Gen.Long.Select(epoch => (IMessage)new Introduce(epoch)),
        [nameof(RequestWork)] = Gen.Select(Text, Gen.Long, (worker, request) => (IMessage)new RequestWork(worker, request)),
        [nameof(WorkGranted)] = Gen.Select(Gen.Long, Leases, Text, Real, Granted, Text)
            .Select((request, lease, sweep, seconds, points, source) => (IMessage)new WorkGranted(request, lease, sweep, seconds, points) { Source = source }),
        [nameof(NoWork)] = Gen.Long.Select(request => (IMessage)new NoWork(request)),
        [nameof(LeasesHeld)] = Gen.Select(Text, Held, (worker, held) => (IMessage)new LeasesHeld(worker, held)),
        [nameof(PointsWithdrawn)] = Gen.Select(Leases, Numbers, (lease, points) => (IMessage)new PointsWithdrawn(lease, points)),
        [nameof(PointsReturned)] = Gen.Select(
            Text, Leases, Numbers, Text, (worker, lease, points, reason) => (IMessage)new PointsReturned(worker, lease, points) { Reason = reason }),
        [nameof(WorkerLeaving)] = Text.Select(worker => (IMessage)new WorkerLeaving(worker)),
        [nameof(ReportAcknowledged)] = Gen.Select(Leases, Gen.Long, (lease, index) => (IMessage)new ReportAcknowledged(lease, index)),
        [nameof(FetchCheckpoint)] = Gen.Select(Text.Array[2], Gen.Long.Array[3])
            .Select((t, n) => (IMessage)new FetchCheckpoint(t[0], t[1], n[0], n[1], n[2])),
        [nameof(FetchFile)] = Gen.Select(Text.Array[3], Gen.Long).Select((t, offset) => (IMessage)new FetchFile(t[0], t[1], t[2], offset)),
        [nameof(CheckpointKept)] = Gen.Select(Text, Gen.Long.Array[3])
            .Select((sweep, n) => (IMessage)new CheckpointKept(sweep, n[0], n[1], n[2])),
    };

    public static SimulationParameters Everything => new()
    {
        Model = NeuronModel.EifChebyshev,
        N = 1_000_000,
        K = 1000,
        J0 = 0.1,
        ExcitatoryFraction = 0.2,
        G = 4.5,
        Rate = 2.5,
        Tau = 0.02,
        Eta = 0.4,
        DeltaV = 0.2,
        ChebyshevOrder = 20,
        SeedIc = long.MinValue,
        SeedNet = long.MaxValue,
        Topology = Topology.Published,
        Loop = EventLoop.Heap,
        Stop = RunLength.SpikesPerNeuron(20.5),
        BurnIn = RunLength.Seconds(1e-3),
        Record = StatisticKinds.Rate,
    };

    /// <summary>One of every kind.</summary>
    public static IReadOnlyList<IMessage> Samples =>
    [
        new WorkerHello("host-1", "host", 7, 2, WorkProtocol.Version, EngineVersion.Semantic, "0.1+c", [new HeldLease(new Lease(1, 2), "s", [1, 2])]),
        new WorkerWelcome(5),
        new Introduce(0),
        new RequestWork("host-1", 7),
        new WorkGranted(7, new Lease(3, 4), "s", 30, [new GrantedPoint(long.MaxValue, ParameterText.Of(Everything), 2, 1, 2, 3)]),
        new PointsWithdrawn(new Lease(1, 2), [3, 4]),
        new WorkerLeaving("host-1"),
        new FetchCheckpoint("host-1", "s", 1, 2, 3),
        new FetchFile("host-1", "s", new string('a', 64), 3),
        new CheckpointKept("s", 1, 2, -1),
        new NoWork(8),
        new WorkerRefused("no: ünïcode"),
        new LeasesHeld("host-1", [new HeldLease(new Lease(1, 2), "s", [1]), new HeldLease(new Lease(1, 3), "t", [])]),
        new PointsReturned("host-1", new Lease(1, 2), [1]),
        new ReportAcknowledged(new Lease(1, 2), 99),
    ];

    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>Any message of any kind.</summary>
    public static Gen<IMessage> Any { get; } = Gen.OneOf([.. Kinds.Values]);

    /// <summary>Any message of this kind.</summary>
    public static Gen<IMessage> Of(string name) => Kinds[name];
}
