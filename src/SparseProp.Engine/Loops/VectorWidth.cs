using System.Runtime.Intrinsics;

namespace SparseProp.Engine.Loops;

/// <summary>Width of the vectors with which neurons are scanned and inputs evaluated.</summary>
internal enum VectorWidth
{
    Scalar,
    Bits128,
    Bits256,
    Bits512,
}

internal static class VectorWidths
{
    public static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}
