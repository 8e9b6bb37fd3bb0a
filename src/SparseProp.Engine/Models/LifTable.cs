using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Models;

/// <summary>
/// Voltage of a free leaky neuron over its time θ to the spike, as a table: dV/dθ = V − I from V = 0 at the spike, solved
/// numerically without the equation's closed solution. One table is read in both directions.
/// </summary>
/// <remarks>
/// Nodes are a power of two of τ apart, at most 1/256 and so that the way from reset to spike has 100 of them. Between nodes it
/// is solved by the classical Runge-Kutta method in 16 steps with compensated sums (errors below 1e-17 for each τ). Reading
/// interpolates by polynomials of degree five that meet value, slope and curvature of the equation at both nodes: errors below
/// 1e-16 of the voltage, and for the inverse 1e-17 τ. The result is monotone as far as rounding allows. Below
/// <see cref="LowestVoltage"/> the flow continues as the exponential that it is there to any precision wanted.
/// Only IEEE operations in a fixed order: the same bits on every machine.
/// </remarks>
internal sealed unsafe class LifTable : IDisposable
{
    /// <summary>Where the table ends, in units of the distance from reset to threshold.</summary>
    private const double LowestVoltage = -64;

    private const double NodesPerUnit = 256;
    private const int StepsPerNode = 16;

    private readonly NativeBuffer<double> _memory;
    private readonly double* _voltages;
    private readonly double _drive;
    private readonly double _nodesPerTime;
    private readonly double _spacing;
    private readonly int _cells;

    /// <param name="drive">I, within 1e-9 and 1e9.</param>
    public LifTable(double drive)
    {
        _drive = drive;

        // The way from reset to spike is ln(1 + 1/I), more than 1/(1 + I).
        _nodesPerTime = 1;
        while (_nodesPerTime < NodesPerUnit * (1 + drive))
        {
            _nodesPerTime *= 2;
        }

        _spacing = 1 / _nodesPerTime;
        var voltages = Solve(drive, _spacing);
        _cells = voltages.Count - 1;
        _memory = new NativeBuffer<double>(voltages.Count);
        _voltages = _memory.Pointer;
        for (var i = 0; i <= _cells; i++)
        {
            _voltages[i] = voltages[i];
        }
    }

    public long Bytes => _memory.Bytes;

    /// <summary>Voltage at <paramref name="time"/> τ before the spike.</summary>
    [MethodImpl(Compile.AtOnce)]
    public double Voltage(double time)
    {
        var place = time * _nodesPerTime;
        if (place >= _cells)
        {
            return _voltages[_cells] - ((_drive - _voltages[_cells]) * SmallArguments.ExpMinusOne(time - (_cells * _spacing)));
        }

        // Rounding may put a neuron just past its spike, where the first polynomial goes on.
        var cell = Math.Max(0, (int)place);
        var (v0, v1) = (_voltages[cell], _voltages[cell + 1]);

        // The equation's slope V − I is its curvature, too.
        var (slope0, slope1) = ((v0 - _drive) * _spacing, (v1 - _drive) * _spacing);
        return Quintic(place - cell, v0, v1 - v0, slope0, slope1, slope0 * _spacing, slope1 * _spacing);
    }

    /// <summary>How many τ before the spike the voltage is <paramref name="voltage"/>.</summary>
    [MethodImpl(Compile.AtOnce)]
    public double TimeToSpike(double voltage)
    {
        if (voltage <= _voltages[_cells])
        {
            return (_cells * _spacing) + SmallArguments.LogOnePlus((_voltages[_cells] - voltage) / (_drive - _voltages[_cells]));
        }

        var (cell, above) = (0, _cells);
        while (above - cell > 1)
        {
            var middle = (cell + above) >> 1;
            if (_voltages[middle] >= voltage)
            {
                cell = middle;
            }
            else
            {
                above = middle;
            }
        }

        // dθ/dV = 1/(V − I), d²θ/dV² = −1/(V − I)².
        var (v0, v1) = (_voltages[cell], _voltages[cell + 1]);
        var width = v1 - v0;
        var (slope0, slope1) = (width / (v0 - _drive), width / (v1 - _drive));
        return Quintic((voltage - v0) / width, cell * _spacing, _spacing, slope0, slope1, -slope0 * slope0, -slope1 * slope1);
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>
    /// The polynomial of degree five at <paramref name="t"/> in [0, 1] that begins with value, slope and curvature of index 0 and
    /// ends with those of index 1; <paramref name="rise"/> is how much the value changes in between.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Quintic(
        double t, double value0, double rise, double slope0, double slope1, double curvature0, double curvature1)
    {
        var third = (10 * rise) - (6 * slope0) - (4 * slope1) - (1.5 * curvature0) + (0.5 * curvature1);
        var fourth = (-15 * rise) + (8 * slope0) + (7 * slope1) + (1.5 * curvature0) - curvature1;
        var fifth = (6 * rise) - (3 * slope0) - (3 * slope1) - (0.5 * curvature0) + (0.5 * curvature1);
        return value0 + (t * (slope0 + (t * ((0.5 * curvature0) + (t * (third + (t * (fourth + (t * fifth)))))))));
    }

    /// <summary>The voltage at each node, from the threshold 0 down to the first below <see cref="LowestVoltage"/>.</summary>
    private static List<double> Solve(double drive, double spacing)
    {
        var h = spacing / StepsPerNode;
        List<double> voltages = [0];
        var (v, lost) = (0.0, 0.0);
        while (v > LowestVoltage)
        {
            for (var i = 0; i < StepsPerNode; i++)
            {
                var k1 = v - drive;
                var k2 = v + (0.5 * h * k1) - drive;
                var k3 = v + (0.5 * h * k2) - drive;
                var k4 = v + (h * k3) - drive;
                var change = (h / 6 * (k1 + (2 * (k2 + k3)) + k4)) - lost;
                var sum = v + change;
                lost = sum - v - change;
                v = sum;
            }

            voltages.Add(v);
        }

        return voltages;
    }
}
