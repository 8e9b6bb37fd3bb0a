using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Loops;

/// <summary>Makes the event loop that parameters ask for, in its initial condition.</summary>
internal static unsafe class EventLoops
{
    public static IEventLoop Create(SimulationParameters p, SimulationOptions options) => p.Model switch
    {
        _ when p.IsSilent => new SilentLoop(),
        NeuronModel.Lif or NeuronModel.LifLookup => CreateLif(p, options),
        NeuronModel.Eif or NeuronModel.EifChebyshev => CreateEif(p, options),
        NeuronModel.Qif or NeuronModel.QifTime or NeuronModel.QifInhomogeneous when p.Loop == EventLoop.Heap =>
            QifHeapLoops.Create(p, options),
        NeuronModel.Qif => CreateQifWindow<PlusScrambler>(p, options, replace: false),
        NeuronModel.QifTime or NeuronModel.QifInhomogeneous => CreateQifWindow<StarScrambler>(p, options, replace: true),
        _ => throw new ArgumentOutOfRangeException(nameof(p), p.Model, "no neuron model"),
    };

    /// <summary>The targets of a network without its neurons.</summary>
    public static TargetRows TargetsOf(SimulationParameters p, SimulationOptions options) =>
        Targets<PlusScrambler>(p, options, replace: false);

    private static IEventLoop CreateLif(SimulationParameters p, SimulationOptions options)
    {
        var targets = Targets<PlusScrambler>(p, options, replace: false);
        var draws = Draws<PlusScrambler>(p);
        var byTable = p.Model == NeuronModel.LifLookup;
        if (p.Loop == EventLoop.Window)
        {
            return Exponential(p, options, byTable ? LifLookup.Exponential(p) : new LifExponential(p), draws, targets);
        }

        using (draws)
        {
            if (byTable)
            {
                var table = LifLookup.Table(p);
                return new HeapLoop<LifLookup, LargestFirst>(new LifLookup(p, table), draws.Pointer, p.N, targets)
                {
                    ModelBytes = table.Bytes,
                };
            }

            return new HeapLoop<LifPhase, LargestFirst>(new LifPhase(p), draws.Pointer, p.N, targets);
        }
    }

    private static IEventLoop CreateEif(SimulationParameters p, SimulationOptions options) =>
        EifLoops.Create(p, options, Draws<PlusScrambler>(p), Targets<PlusScrambler>(p, options, replace: false));

    private static IEventLoop CreateQifWindow<TScrambler>(SimulationParameters p, SimulationOptions options, bool replace)
        where TScrambler : struct, IScrambler
    {
        var targets = Targets<TScrambler>(p, options, replace);
        var repeats = replace && p.Topology == Topology.Published ? p.K : 1;
        return QifWindow.Create(p, options, Draws<TScrambler>(p), targets, repeats);
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

    public static NativeBuffer<double> Draws<TScrambler>(SimulationParameters p)
        where TScrambler : struct, IScrambler
    {
        var draws = new NativeBuffer<double>(p.N);
        if (p.Topology == Topology.Published)
        {
            InitialDraws.Published<TScrambler>(p.SeedIc, draws.Pointer, p.N);
        }
        else
        {
            InitialDraws.Independent(p.SeedIc, draws.Pointer, p.N);
        }

        return draws;
    }

    public static TargetRows Targets<TScrambler>(SimulationParameters p, SimulationOptions options, bool replace)
        where TScrambler : struct, IScrambler
    {
        ITargetSource source = p.Topology == Topology.Published
            ? new PublishedTargets<TScrambler>(p.N, p.K, p.SeedNet, replace)
            : new IndependentTargets(p.N, p.K, p.SeedNet);
        return new TargetRows(source, p.N, p.K, options.TargetMemoryBytes);
    }
}
