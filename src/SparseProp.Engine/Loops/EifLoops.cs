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
    /// <param name="options">How to use the machine.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron; owned by the loop from now on.</param>
    /// <param name="targets">The network; owned by the loop from now on.</param>
    public static IEventLoop Create(SimulationParameters p, SimulationOptions options, NativeBuffer<double> draws, TargetRows targets)
    {
        var curve = new EifCurve(p);
        var network = new Network(p, options, curve, draws, targets);
        return (p.Loop, p.Model, p.ChebyshevOrder) switch
        {
            (EventLoop.Heap, NeuronModel.Eif, _) => network.Heap(CurveDelay(curve, DelayTable(curve))),
            (EventLoop.Heap, _, 0) => network.Heap(CurveDelay(curve, DelaySeries(curve))),
            (EventLoop.Heap, _, var order) => network.Heap(ScriptedSeries.Of(curve, order)),
            (_, NeuronModel.Eif, _) when options.VectorWidth >= VectorWidth.Bits256 && Avx2.IsSupported =>
                network.Window(new TablePulse(PulseTable(curve))),
            (_, NeuronModel.Eif, _) => network.Window(new CurvePulse<GeometricTable>(PulseTable(curve))),
            (_, _, 0) => network.Window(new CurvePulse<OctaveSeries>(PulseSeries(curve))),
            (_, _, var order) => network.Window(ScriptedSeries.Of(curve, order)),
        };
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

    private readonly struct Network(
        SimulationParameters p, SimulationOptions options, EifCurve curve, NativeBuffer<double> draws, TargetRows targets)
    {
        public HeapLoop<EifPhase<TDelay>, LargestFirst> Heap<TDelay>(TDelay delay)
            where TDelay : struct, IEifDelay
        {
            using (draws)
            {
                return new(new EifPhase<TDelay>(p, curve, delay), draws.Pointer, p.N, targets);
            }
        }

        public IEventLoop Window<TPulse>(TPulse pulse)
            where TPulse : struct, IEifPulse =>
            EventLoops.Exponential(p, options, new EifExponential<TPulse>(p, curve, pulse), draws, targets);
    }
}
