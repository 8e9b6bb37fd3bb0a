using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using SparseProp.Results.Texts;

namespace SparseProp.Cluster.Prediction;

/// <summary>A cluster of like workers.</summary>
/// <param name="Workers">Number of workers, from 1 to <see cref="MostWorkers"/>.</param>
/// <param name="Slots">Engines that each of them runs at once, from 1 to <see cref="MostSlots"/>.</param>
/// <param name="MemoryBytes">What the simulations of each may use together, at least 1; by default more than any point needs.</param>
public sealed partial record ClusterShape(int Workers, int Slots, long MemoryBytes = ClusterShape.AmpleMemory)
{
    public const int MostWorkers = 100_000;

    public const int MostSlots = 1024;

    /// <summary>An exbibyte.</summary>
    public const long AmpleMemory = 1L << 60;

    /// <summary>Reads 64x8, which is 64 workers of 8 slots, or 64x8:16GiB, where each of them has so much memory.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClusterShape? shape)
    {
        ArgumentNullException.ThrowIfNull(text);
        var form = Form().Match(text);
        shape = form.Success
            && TryCount(form.Groups["workers"].ValueSpan, MostWorkers, out var workers)
            && TryCount(form.Groups["slots"].ValueSpan, MostSlots, out var slots)
            && TryMemory(form.Groups["memory"], out var memory)
            ? new ClusterShape(workers, slots, memory)
            : null;
        return shape is not null;
    }

    private static bool TryCount(ReadOnlySpan<char> digits, int most, out int count) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= most;

    private static bool TryMemory(Group form, out long bytes)
    {
        bytes = AmpleMemory;
        return !form.Success || (ByteSize.TryParse(form.Value, out bytes) && bytes <= AmpleMemory);
    }

    [GeneratedRegex(@"^(?<workers>[0-9]+)[xX](?<slots>[0-9]+)(:(?<memory>\S+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
