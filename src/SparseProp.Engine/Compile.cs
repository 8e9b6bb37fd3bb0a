using System.Runtime.CompilerServices;

namespace SparseProp.Engine;

/// <summary>How methods are compiled that decide the speed of a simulation.</summary>
internal static class Compile
{
    /// <summary>
    /// Optimised at the first call. A point of a sweep may last milliseconds, and tiered compilation takes a tenth of a second
    /// to notice a hot loop, again for every kind of observer. In long runs the profile it would have gathered makes no difference.
    /// </summary>
    public const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;
}
