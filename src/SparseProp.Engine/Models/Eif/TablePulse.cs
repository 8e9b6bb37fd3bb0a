using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// q by a <see cref="GeometricTable"/>, four targets at once, with the same operations in the same order as
/// <see cref="CurvePulse{TCurve}"/> and hence the same bits. Needs AVX2.
/// </summary>
/// <remarks>Loading four cells and transposing them is twice as fast as gathering term by term.</remarks>
internal readonly unsafe struct TablePulse(GeometricTable table) : IEifPulse
{
    private const int Lanes = 4;

    // The processor itself looks ahead by fewer targets, for the work at each fills its window of instructions.
    private const int Ahead = 28;

    private readonly GeometricTable _table = table;

    [MethodImpl(Compile.AtOnce)]
    public void Deliver(double* u, int* targets, nint count, double spiking)
    {
        var table = _table;
        var origin = table.Origin;
        var spikingAll = Vector256.Create(spiking);
        var inverse = Vector256.Create(1 / spiking);
        var (lowest, highest) = (Vector256.Create(GeometricTable.Lowest), Vector256.Create(table.Highest));
        var (cellMask, middleBit) = (Vector256.Create(~GeometricTable.PlaceMask), Vector256.Create(GeometricTable.MiddleBit));
        nint i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            if (i <= count - Lanes - Ahead)
            {
                Prefetch(u, targets + i + Ahead);
            }

            var (i0, i1, i2, i3) = (targets[i], targets[i + 1], targets[i + 2], targets[i + 3]);
            var before = Vector256.Create(u[i0], u[i1], u[i2], u[i3]);
            var y = Vector256.MinNative(Vector256.MaxNative((before - spikingAll) * inverse, lowest), highest);
            var bits = y.AsUInt64();
            var t = y - ((bits & cellMask) | middleBit).AsDouble();
            var cell = (bits >>> GeometricTable.CellShift).AsInt64();
            var q = Polynomials(
                t,
                origin + (cell.GetElement(0) * GeometricTable.Terms),
                origin + (cell.GetElement(1) * GeometricTable.Terms),
                origin + (cell.GetElement(2) * GeometricTable.Terms),
                origin + (cell.GetElement(3) * GeometricTable.Terms));
            var after = before + ((q * spikingAll).AsUInt64() & Vector256.GreaterThan(before, spikingAll).AsUInt64()).AsDouble();
            u[i0] = after.GetElement(0);
            u[i1] = after.GetElement(1);
            u[i2] = after.GetElement(2);
            u[i3] = after.GetElement(3);
        }

        new CurvePulse<GeometricTable>(table).Deliver(u, targets + i, count - i, spiking);
    }

    public void Dispose() => _table.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(double* u, int* targets)
    {
        Sse.Prefetch0(u + targets[0]);
        Sse.Prefetch0(u + targets[1]);
        Sse.Prefetch0(u + targets[2]);
        Sse.Prefetch0(u + targets[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Polynomials(Vector256<double> t, double* p0, double* p1, double* p2, double* p3)
    {
        var (r0, r1, r2, r3) = (Vector256.Load(p0), Vector256.Load(p1), Vector256.Load(p2), Vector256.Load(p3));
        var high02 = Vector256.Create(Vector128.Load(p0 + 4), Vector128.Load(p2 + 4));
        var high13 = Vector256.Create(Vector128.Load(p1 + 4), Vector128.Load(p3 + 4));
        var (even01, odd01) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (even23, odd23) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var term5 = Avx.UnpackHigh(high02, high13);
        var term4 = Avx.UnpackLow(high02, high13);
        var term3 = Avx.Permute2x128(odd01, odd23, 0x31);
        var term2 = Avx.Permute2x128(even01, even23, 0x31);
        var term1 = Avx.Permute2x128(odd01, odd23, 0x20);
        var term0 = Avx.Permute2x128(even01, even23, 0x20);
        var square = t * t;
        return term0 + (t * term1) + (square * (term2 + (t * term3) + (square * (term4 + (t * term5)))));
    }
}
