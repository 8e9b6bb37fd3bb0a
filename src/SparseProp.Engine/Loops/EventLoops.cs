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
        _ when p.Loop == EventLoop.Window && p.ExcitatoryNeurons > 0 =>
            throw new NotSupportedException("the window loop simulates inhibition only; take the heap loop where neurons excite each other"),
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
        using var draws = Draws<PlusScrambler>(p);
        var targets = Targets<PlusScrambler>(p, options, replace: false);
        var byTable = p.Model == NeuronModel.LifLookup;
        if (p.Loop == EventLoop.Heap && byTable)
        {
            var table = LifLookup.Table(p);
            return HeapLoops.Create<LifLookup, LargestFirst>(p, new LifLookup(p, table), draws.Pointer, targets, table.Bytes);
        }

        if (p.Loop == EventLoop.Heap)
        {
            return HeapLoops.Create<LifPhase, LargestFirst>(p, new LifPhase(p), draws.Pointer, targets);
        }

        var model = byTable ? LifLookup.Exponential(p) : new LifExponential(p);
        return options.VectorWidth switch
        {
            VectorWidth.Bits512 => new WindowLoop<LifExponential, Scan512>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
            VectorWidth.Bits256 => new WindowLoop<LifExponential, Scan256>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
            VectorWidth.Bits128 => new WindowLoop<LifExponential, Scan128>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
            _ => new WindowLoop<LifExponential, ScalarScan>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
        };
    }

    private static IEventLoop CreateEif(SimulationParameters p, SimulationOptions options)
    {
        using var draws = Draws<PlusScrambler>(p);
        return EifLoops.Create(p, options, draws.Pointer, Targets<PlusScrambler>(p, options, replace: false));
    }

    private static IEventLoop CreateQifWindow<TScrambler>(SimulationParameters p, SimulationOptions options, bool replace)
        where TScrambler : struct, IScrambler
    {
        using var draws = Draws<TScrambler>(p);
        var targets = Targets<TScrambler>(p, options, replace);
        var repeats = replace && p.Topology == Topology.Published ? p.K : 1;
        return QifWindow.Create(p, options, draws.Pointer, targets, repeats);
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
