using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models.Eif;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <summary>Makes the event loops of the exponential integrate-and-fire models.</summary>
internal static unsafe class EifLoops
{
    // In τ. What is left of the 2e-12 promised is for rounding.
    private const double SeriesError = 1e-12;

    /// <param name="p">Model eif or eif-chebyshev.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron.</param>
    /// <param name="targets">The network; owned by the loop from now on.</param>
    public static IEventLoop CreateHeap(SimulationParameters p, double* draws, TargetRows targets)
    {
        var curve = new EifCurve(p);
        return (p.Model, p.ChebyshevOrder) switch
        {
            (NeuronModel.Eif, _) => Loop(CurveDelay(curve, DelayTable(curve))),
            (_, 0) => Loop(CurveDelay(curve, DelaySeries(curve))),
            (_, var order) => Loop(ScriptedSeries.Of(curve, order)),
        };

        IEventLoop Loop<TDelay>(TDelay delay)
            where TDelay : struct, IEifDelay =>
            HeapLoops.Create<EifPhase<TDelay>, LargestFirst>(p, new EifPhase<TDelay>(p, curve, delay), draws, targets);
    }

    /// <param name="p">Model eif or eif-chebyshev.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron; owned by the loop from now on.</param>
    /// <param name="targets">The network; owned by the loop from now on.</param>
    public static IEventLoop CreateWindow(
        SimulationParameters p, SimulationOptions options, NativeBuffer<double> draws, TargetRows targets)
    {
        var curve = new EifCurve(p);
        return (p.Model, p.ChebyshevOrder) switch
        {
            (NeuronModel.Eif, _) when options.VectorWidth >= VectorWidth.Bits256 && Avx2.IsSupported => Loop(new TablePulse(PulseTable(curve))),
            (NeuronModel.Eif, _) => Loop(new CurvePulse<GeometricTable>(PulseTable(curve))),
            (_, 0) => Loop(new CurvePulse<OctaveSeries>(PulseSeries(curve))),
            (_, var order) => Loop(ScriptedSeries.Of(curve, order)),
        };

        IEventLoop Loop<TPulse>(TPulse pulse)
            where TPulse : struct, IEifPulse =>
            EventLoops.Exponential(p, options, new EifExponential<TPulse>(p, curve, pulse), draws, targets);
    }

    /// <summary>The delay as a function of the time to spike, in τ.</summary>
    public static GeometricTable DelayTable(EifCurve curve) =>
        GeometricTable.Of(theta => curve.Delayed(theta) - theta, curve.FarTime, beyond: 0);

    /// <inheritdoc cref="DelayTable"/>
    public static OctaveSeries DelaySeries(EifCurve curve) =>
        OctaveSeries.Of(theta => curve.Delayed(theta) - theta, curve.FarTime, beyond: 0, _ => SeriesError);

    /// <summary>q as a function of z − 1.</summary>
    public static GeometricTable PulseTable(EifCurve curve) => GeometricTable.Of(curve.Pulse, FarExponential(curve), curve.FarPulse);

    /// <inheritdoc cref="PulseTable"/>
    public static OctaveSeries PulseSeries(EifCurve curve) =>
        OctaveSeries.Of(curve.Pulse, FarExponential(curve), curve.FarPulse, y => SeriesError * (1 + y));

    public static CurveDelay<TCurve> CurveDelay<TCurve>(EifCurve curve, TCurve delay)
        where TCurve : struct, ICurve => new(delay, curve.FarTime, curve.FarPulse);

    private static double FarExponential(EifCurve curve) => SmallArguments.ExpMinusOne(curve.FarTime);
}
