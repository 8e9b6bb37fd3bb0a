using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>Runs with neurons or initial draws of the test's own.</summary>
internal static unsafe class LoopRun
{
    /// <summary>The first <paramref name="spikes"/> spikes; the network is the parameters' independent one.</summary>
    /// <param name="p">n, k, who excites, and seeds.</param>
    /// <param name="model">The neurons.</param>
    /// <param name="spikes">How many.</param>
    /// <param name="epoch">Where the clock starts anew.</param>
    /// <param name="change">What is done to each initial draw.</param>
    public static SpikeList Of<TModel, TOrder>(
        SimulationParameters p, TModel model, int spikes, double epoch = double.PositiveInfinity, Func<double, double>? change = null)
        where TModel : struct, IHeapModel
        where TOrder : struct, IHeapOrder
    {
        using var draws = new NativeBuffer<double>(p.N);
        InitialDraws.Independent(p.SeedIc, draws.Pointer, p.N);
        for (var i = 0; i < p.N && change != null; i++)
        {
            draws.Pointer[i] = change(draws.Pointer[i]);
        }

        var targets = new TargetRows(new IndependentTargets(p.N, p.K, p.SeedNet), p.N, p.K, budgetBytes: long.MaxValue);
        return Spikes(
            new HeapLoop<TModel, TOrder>(model, draws.Pointer, p.N, targets)
            {
                Epoch = epoch,
                ExcitatoryNeurons = p.ExcitatoryNeurons,
            },
            spikes);
    }

    /// <summary>The first <paramref name="spikes"/> spikes of a network with initial draws of the test's own.</summary>
    public static SpikeList Of(SimulationParameters p, double[] draws, int spikes)
    {
        var buffer = new NativeBuffer<double>(p.N);
        draws.CopyTo(new Span<double>(buffer.Pointer, p.N));
        return Spikes(EventLoops.Create(p, new SimulationOptions(), buffer), spikes);
    }

    private static SpikeList Spikes(IEventLoop loop, int spikes)
    {
        using (loop)
        {
            var list = new SpikeList();
            loop.Run(ref list, spikes, double.PositiveInfinity, TestContext.Current.CancellationToken);
            return list;
        }
    }
}
