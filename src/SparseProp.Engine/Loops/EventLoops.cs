using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Populations;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Loops;

/// <summary>Makes the event loop that parameters ask for, in its initial condition.</summary>
internal static unsafe class EventLoops
{
    public static IEventLoop Create(SimulationParameters p, SimulationOptions options) =>
        p.Network is not null ? PopulationLoops.Create(p)
        : p.IsSilent ? new SilentLoop(p.N)
        : Create(p, options, Draws(p));

    /// <param name="p">A network that is not silent.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron; owned by the loop from now on.</param>
    public static IEventLoop Create(SimulationParameters p, SimulationOptions options, NativeBuffer<double> draws)
    {
        var targets = Targets(p, options);
        if (p.Loop == EventLoop.Heap)
        {
            using (draws)
            {
                return CreateHeap(p, draws.Pointer, targets);
            }
        }

        return p.Model switch
        {
            NeuronModel.Lif => Exponential(p, options, new LifExponential(p), draws, targets),
            NeuronModel.LifLookup => Exponential(p, options, LifLookup.Exponential(p), draws, targets),
            NeuronModel.Eif or NeuronModel.EifChebyshev => EifLoops.CreateWindow(p, options, draws, targets),
            NeuronModel.Qif or NeuronModel.QifTime or NeuronModel.QifInhomogeneous =>
                QifWindow.Create(p, options, draws, targets, DrawsRepeats(p) ? p.K : 1),
            _ => throw new ArgumentOutOfRangeException(nameof(p), p.Model, "no neuron model"),
        };
    }

    /// <summary>The targets of a network without its neurons.</summary>
    public static TargetRows Targets(SimulationParameters p, SimulationOptions options)
    {
        ITargetSource source = p.Topology == Topology.Independent
            ? new IndependentTargets(p.N, p.K, p.SeedNet)
            : IsTimeBased(p.Model)
                ? new PublishedTargets<StarScrambler>(p.N, p.K, p.SeedNet, replace: true)
                : new PublishedTargets<PlusScrambler>(p.N, p.K, p.SeedNet, replace: false);
        return new TargetRows(source, p.N, p.K, options.TargetMemoryBytes);
    }

    /// <summary>The window loop of neurons that are described by the exponential of their time to spike.</summary>
    /// <param name="p">The network's size and kinds of neurons.</param>
    /// <param name="options">Vector width and window length.</param>
    /// <param name="model">The neurons; owned by the loop from now on.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron; owned by the loop from now on.</param>
    /// <param name="targets">The network; owned by the loop from now on.</param>
    public static IEventLoop Exponential<TModel>(
        SimulationParameters p, SimulationOptions options, TModel model, NativeBuffer<double> draws, TargetRows targets)
        where TModel : struct, IWindowModel
    {
        return options.VectorWidth switch
        {
            VectorWidth.Bits512 => Loop<Scan512>(),
            VectorWidth.Bits256 => Loop<Scan256>(),
            VectorWidth.Bits128 => Loop<Scan128>(),
            _ => Loop<ScalarScan>(),
        };

        WindowLoop<ExponentialNetwork<TModel, TScan>> Loop<TScan>()
            where TScan : struct, IWindowScan =>
            new(new(model, draws, targets, p.ExcitatoryNeurons), options.WindowCandidates);
    }

    private static IEventLoop CreateHeap(SimulationParameters p, double* draws, TargetRows targets)
    {
        switch (p.Model)
        {
            case NeuronModel.Lif:
                return HeapLoops.Create<LifPhase, LargestFirst>(p, new LifPhase(p), draws, targets);
            case NeuronModel.LifLookup:
                var table = LifLookup.Table(p);
                return HeapLoops.Create<LifLookup, LargestFirst>(p, new LifLookup(p, table), draws, targets, table.Bytes);
            case NeuronModel.Qif:
                return HeapLoops.Create<QifPhase, LargestFirst>(p, new QifPhase(p), draws, targets);
            case NeuronModel.QifTime:
                return HeapLoops.Create<QifTime, SmallestFirst>(p, new QifTime(p), draws, targets);
            case NeuronModel.QifInhomogeneous:
                var drives = QifInhomogeneous.Create(p);
                return HeapLoops.Create<QifInhomogeneous, SmallestFirst>(p, drives, draws, targets, drives.Bytes);
            case NeuronModel.Eif or NeuronModel.EifChebyshev:
                return EifLoops.CreateHeap(p, draws, targets);
            default:
                throw new ArgumentOutOfRangeException(nameof(p), p.Model, "no neuron model");
        }
    }

    private static NativeBuffer<double> Draws(SimulationParameters p)
    {
        var draws = new NativeBuffer<double>(p.N);
        if (p.Topology == Topology.Independent)
        {
            InitialDraws.Independent(p.SeedIc, draws.Pointer, p.N);
        }
        else if (IsTimeBased(p.Model))
        {
            InitialDraws.Published<StarScrambler>(p.SeedIc, draws.Pointer, p.N);
        }
        else
        {
            InitialDraws.Published<PlusScrambler>(p.SeedIc, draws.Pointer, p.N);
        }

        return draws;
    }

    // The two scripts have another generator than the rest, and draw targets with replacement.
    private static bool IsTimeBased(NeuronModel model) => model is NeuronModel.QifTime or NeuronModel.QifInhomogeneous;

    private static bool DrawsRepeats(SimulationParameters p) => p.Topology == Topology.Published && IsTimeBased(p.Model);
}
