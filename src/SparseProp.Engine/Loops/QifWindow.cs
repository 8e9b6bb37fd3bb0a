using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;

namespace SparseProp.Engine.Loops;

/// <summary>Makes window loops of the quadratic integrate-and-fire models.</summary>
internal static unsafe class QifWindow
{
    /// <param name="p">The model is one of the three.</param>
    /// <param name="options">Vector width and window length.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron.</param>
    /// <param name="targets">The network; owned by the loop from now on.</param>
    /// <param name="repeats">How often a neuron may occur among the targets of one other.</param>
    public static IEventLoop Create(
        SimulationParameters p, SimulationOptions options, double* draws, TargetRows targets, int repeats)
    {
        return p.Model == NeuronModel.QifInhomogeneous
            ? CreateSpins(p, options, draws, targets)
            : CreateDirections(p, options, draws, targets, repeats);
    }

    private static IEventLoop CreateDirections(
        SimulationParameters p, SimulationOptions options, double* draws, TargetRows targets, int repeats)
    {
        var model = new QifDirections(p);
        var initial = new NativeBuffer<Direction>(p.N);
        for (var i = 0; i < p.N; i++)
        {
            // The published phase is 2π(½ − u) where phases are the state, and π − 2π(1 − u) where times are.
            var halfTurns = p.Model == NeuronModel.QifTime ? 1 - draws[i] : draws[i];
            initial.Pointer[i] = QifDirections.Initial(halfTurns);
        }

        var wanted = options.WindowCandidates;
        return options.VectorWidth switch
        {
            VectorWidth.Bits512 => new QifWindowLoop<DirectionScan512>(model, initial, targets, repeats, wanted),
            VectorWidth.Bits256 => new QifWindowLoop<DirectionScan256>(model, initial, targets, repeats, wanted),
            VectorWidth.Bits128 => new QifWindowLoop<DirectionScan128>(model, initial, targets, repeats, wanted),
            _ => new QifWindowLoop<ScalarDirectionScan>(model, initial, targets, repeats, wanted),
        };
    }

    private static IEventLoop CreateSpins(SimulationParameters p, SimulationOptions options, double* draws, TargetRows targets)
    {
        var (model, wanted) = (new QifSpins(p), options.WindowCandidates);
        return options.VectorWidth switch
        {
            VectorWidth.Bits512 => new QifSpinWindowLoop<Scan512>(model, draws, p.N, targets, wanted),
            VectorWidth.Bits256 => new QifSpinWindowLoop<Scan256>(model, draws, p.N, targets, wanted),
            VectorWidth.Bits128 => new QifSpinWindowLoop<Scan128>(model, draws, p.N, targets, wanted),
            _ => new QifSpinWindowLoop<ScalarScan>(model, draws, p.N, targets, wanted),
        };
    }
}
