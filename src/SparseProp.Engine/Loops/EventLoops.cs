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
        NeuronModel.Lif => CreateLif(p, options),
        NeuronModel.Qif when p.Loop == EventLoop.Window => CreateQifWindow<PlusScrambler>(p, options, replace: false),
        NeuronModel.QifTime when p.Loop == EventLoop.Window => CreateQifWindow<StarScrambler>(p, options, replace: true),
        NeuronModel.QifInhomogeneous when p.Loop == EventLoop.Window =>
            CreateQifWindow<StarScrambler>(p, options, replace: true),
        _ => throw new ArgumentException($"model {EngineNames.Of(p.Model)} is not in this version"),
    };

    private static IEventLoop CreateLif(SimulationParameters p, SimulationOptions options)
    {
        using var draws = Draws<PlusScrambler>(p);
        var targets = Targets<PlusScrambler>(p, options, replace: false);
        if (p.Loop == EventLoop.Heap)
        {
            return new HeapLoop<LifPhase, LargestFirst>(new LifPhase(p), draws.Pointer, p.N, targets);
        }

        var model = new LifExponential(p);
        return options.VectorWidth switch
        {
            VectorWidth.Bits512 => new LifWindowLoop<Scan512>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
            VectorWidth.Bits256 => new LifWindowLoop<Scan256>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
            VectorWidth.Bits128 => new LifWindowLoop<Scan128>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
            _ => new LifWindowLoop<ScalarScan>(model, draws.Pointer, p.N, targets, options.WindowCandidates),
        };
    }

    private static IEventLoop CreateQifWindow<TScrambler>(SimulationParameters p, SimulationOptions options, bool replace)
        where TScrambler : struct, IScrambler
    {
        using var draws = Draws<TScrambler>(p);
        var targets = Targets<TScrambler>(p, options, replace);
        var repeats = replace && p.Topology == Topology.Published ? p.K : 1;
        return QifWindow.Create(p, options, draws.Pointer, targets, repeats);
    }

    private static NativeBuffer<double> Draws<TScrambler>(SimulationParameters p)
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

    private static TargetRows Targets<TScrambler>(SimulationParameters p, SimulationOptions options, bool replace)
        where TScrambler : struct, IScrambler
    {
        ITargetSource source = p.Topology == Topology.Published
            ? new PublishedTargets<TScrambler>(p.N, p.K, p.SeedNet, replace)
            : new IndependentTargets(p.N, p.K, p.SeedNet);
        return new TargetRows(source, p.N, p.K, options.TargetMemoryBytes);
    }
}
