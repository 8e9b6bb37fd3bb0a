using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Models;

/// <summary>
/// <see cref="QifTime"/> with a drive of its own for each neuron, as <c>QIF_SparseProp_inhomogeneous.jl</c> computes
/// it: I_i = τ√k·j0·rate·(1 + η sin a_i), where a_i is 2i/n for i = 1 to n up to rounding. Not 2πi/n: the drive rises to its
/// largest at i = 0.785n and stays above the homogeneous one.
/// </summary>
/// <remarks>
/// Julia keeps 2·(1:n)/n as first element and step, both fl(2/n), and computes a_i = fl(2/n) + (i − 1)·fl(2/n): one in six
/// differs from fl(2i/n) in its last digits.
/// </remarks>
internal readonly unsafe struct QifInhomogeneous : IHeapModel
{
    private readonly double _tau;
    private readonly double _excitation;
    private readonly NativeBuffer<QifDrive> _memory;
    private readonly QifDrive* _neurons;

    private QifInhomogeneous(SimulationParameters p, NativeBuffer<QifDrive> neurons)
    {
        _tau = p.Tau;
        _excitation = p.Excitation;
        _memory = neurons;
        _neurons = neurons.Pointer;
    }

    /// <summary>The drives of all neurons, in memory that the model owns.</summary>
    public static QifInhomogeneous Create(SimulationParameters p)
    {
        var neurons = new NativeBuffer<QifDrive>(p.N);
        var homogeneous = p.Drive;
        var step = 2.0 / p.N;
        for (var i = 0; i < p.N; i++)
        {
            neurons.Pointer[i] = new QifDrive(homogeneous * (1.0 + (p.Eta * Math.Sin(step + (i * step)))), p.Inhibition);
        }

        return new QifInhomogeneous(p, neurons);
    }

    /// <summary>Memory of the drives.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>ω of every neuron, in radians per τ.</summary>
    public double Omega(int neuron) => _neurons[neuron].Omega;

    public double Initial(double draw, int neuron) => QifTimes.Initial(_neurons[neuron], draw);

    public double UntilSpike(double top, double clock) => QifTimes.UntilSpike(top, clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double value, double clock, int neuron) => QifTimes.Receive(_neurons[neuron], value, clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excite(double value, double clock, int neuron) =>
        QifTimes.Excite(_neurons[neuron], value, clock, _excitation);

    public double Reset(double clock, int neuron) => QifTimes.Reset(_neurons[neuron], clock);

    public double InstantLength => 0;

    public double Seconds(double clock) => clock * _tau;

    public void Dispose() => _memory.Dispose();
}
