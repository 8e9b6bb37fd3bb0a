using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;

namespace SparseProp.Engine.Loops;

/// <summary>Makes window loops of the quadratic integrate-and-fire models.</summary>
internal static unsafe class QifWindow
{
    /// <param name="p">The model is one of the three.</param>
    /// <param name="options">Vector width and window length.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron; owned by the loop from now on.</param>
    /// <param name="targets">The network; owned by the loop from now on.</param>
    /// <param name="repeats">How often a neuron may occur among the targets of one other.</param>
    public static IEventLoop Create(
        SimulationParameters p, SimulationOptions options, NativeBuffer<double> draws, TargetRows targets, int repeats)
    {
        if (p.Model == NeuronModel.QifInhomogeneous)
        {
            return options.VectorWidth switch
            {
                VectorWidth.Bits512 => Spins<Scan512>(p, options, draws, targets),
                VectorWidth.Bits256 => Spins<Scan256>(p, options, draws, targets),
                VectorWidth.Bits128 => Spins<Scan128>(p, options, draws, targets),
                _ => Spins<ScalarScan>(p, options, draws, targets),
            };
        }

        var directions = InitialDirections(p, draws);
        return options.VectorWidth switch
        {
            VectorWidth.Bits512 => Directions<DirectionScan512>(p, options, directions, targets, repeats),
            VectorWidth.Bits256 => Directions<DirectionScan256>(p, options, directions, targets, repeats),
            VectorWidth.Bits128 => Directions<DirectionScan128>(p, options, directions, targets, repeats),
            _ => Directions<ScalarDirectionScan>(p, options, directions, targets, repeats),
        };
    }

    private static NativeBuffer<Direction> InitialDirections(SimulationParameters p, NativeBuffer<double> draws)
    {
        using (draws)
        {
            var initial = new NativeBuffer<Direction>(p.N);
            for (var i = 0; i < p.N; i++)
            {
                // The published phase is 2π(½ − u) where phases are the state, and π − 2π(1 − u) where times are.
                var draw = draws.Pointer[i];
                initial.Pointer[i] = QifDirections.Initial(p.Model == NeuronModel.QifTime ? 1 - draw : draw);
            }

            return initial;
        }
    }

    private static WindowLoop<DirectionNetwork<TScan>> Directions<TScan>(
        SimulationParameters p, SimulationOptions options, NativeBuffer<Direction> initial, TargetRows targets, int repeats)
        where TScan : struct, IDirectionScan =>
        new(new(new QifDirections(p), initial, targets, repeats, p.ExcitatoryNeurons), options.WindowCandidates);

    private static WindowLoop<SpinNetwork<TScan>> Spins<TScan>(
        SimulationParameters p, SimulationOptions options, NativeBuffer<double> draws, TargetRows targets)
        where TScan : struct, IWindowScan =>
        new(new(new QifSpins(p), draws, targets, p.ExcitatoryNeurons), options.WindowCandidates);
}
