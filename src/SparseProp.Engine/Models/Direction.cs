using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Models;

/// <summary>A vector in the plane of which only the direction matters.</summary>
internal readonly struct Direction(double x, double y)
{
    public readonly double X = x;

    public readonly double Y = y;

    /// <summary>This vector times the power of two that makes its larger coordinate at least 1 and below 2. Rounds nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Direction Normalised()
    {
        const ulong ExponentMask = 0x7FF0000000000000;
        const ulong InverseOffset = 2046UL << 52;
        var xExponent = BitConverter.DoubleToUInt64Bits(X) & ExponentMask;
        var yExponent = BitConverter.DoubleToUInt64Bits(Y) & ExponentMask;
        var scale = BitConverter.UInt64BitsToDouble(InverseOffset - Math.Max(xExponent, yExponent));
        return new(X * scale, Y * scale);
    }

    /// <summary>The same direction seen from axes that were turned counterclockwise by a number of quarter turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Direction SeenAfter(long quarterTurns) => (quarterTurns & 3) switch
    {
        0 => this,
        1 => new(Y, -X),
        2 => new(-X, -Y),
        _ => new(-Y, X),
    };
}
