using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Arithmetic;
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
    /// <param name="draws">A uniform number in [0, 1) for each neuron.</param>
    /// <param name="targets">The network; owned by the loop from now on.</param>
    public static IEventLoop Create(SimulationParameters p, SimulationOptions options, double* draws, TargetRows targets)
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
        SimulationParameters p, SimulationOptions options, EifCurve curve, double* draws, TargetRows targets)
    {
        public IEventLoop Heap<TDelay>(TDelay delay)
            where TDelay : struct, IEifDelay =>
            HeapLoops.Create<EifPhase<TDelay>, LargestFirst>(p, new EifPhase<TDelay>(p, curve, delay), draws, targets);

        public IEventLoop Window<TPulse>(TPulse pulse)
            where TPulse : struct, IEifPulse
        {
            var model = new EifExponential<TPulse>(p, curve, pulse);
            return options.VectorWidth switch
            {
                VectorWidth.Bits512 => Window<TPulse, Scan512>(model),
                VectorWidth.Bits256 => Window<TPulse, Scan256>(model),
                VectorWidth.Bits128 => Window<TPulse, Scan128>(model),
                _ => Window<TPulse, ScalarScan>(model),
            };
        }

        private WindowLoop<EifExponential<TPulse>, TScan> Window<TPulse, TScan>(EifExponential<TPulse> model)
            where TPulse : struct, IEifPulse
            where TScan : struct, IWindowScan =>
            new(model, draws, p.N, targets, options.WindowCandidates);
    }
}
