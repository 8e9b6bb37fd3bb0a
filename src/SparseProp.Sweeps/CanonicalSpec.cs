using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;

namespace SparseProp.Sweeps;

/// <summary>The form of a spec that its hash is taken of: what the file says, in one order and one way of writing.</summary>
internal static class CanonicalSpec
{
    /// <summary>Raised when the canonical form changes.</summary>
    private const int Version = 2;

    /// <summary>Axes up to this length are hashed value by value, so that a range and the list of its values are the same.</summary>
    private const long LongestWrittenOut = 65_536;

    /// <summary>
    /// Of a longer range, evenly spaced values. Ends, length and one value between tell all ranges of the format apart; the
    /// others are for good measure.
    /// </summary>
    private const int Samples = 64;

    /// <summary>XXH3-128 of the canonical form.</summary>
    public static SpecHash Hash(SweepSpec spec)
    {
        var hash = new XxHash128();
        Add(hash, Version);
        Add(hash, spec.Name);
        AddAxes(hash, spec.Grid);
        AddAxes(hash, spec.Zip);
        AddFixed(hash, spec, AxisParameters.OfSimulations);
        Add(hash, (long)spec.Topology);
        Add(hash, (long)spec.Loop);
        Add(hash, (long)spec.Record);
        AddLength(hash, spec.Stop);
        AddLength(hash, spec.BurnIn);

        // Files from before there was anything to verify keep their hash.
        if (spec.Verify > 0)
        {
            Add(hash, "verify");
            Add(hash, BitConverter.DoubleToInt64Bits(spec.Verify));
        }

        if (spec.LyapunovExponents > 0)
        {
            Add(hash, "lyapunov");
            Add(hash, spec.LyapunovExponents);
        }

        if (spec.Training is not null)
        {
            AddTraining(hash, spec);
        }

        if (spec.Network is { } network)
        {
            Add(hash, "network");
            Add(hash, network.ContentHash);
            Add(hash, spec.Fixed.Count);
            foreach (var axis in spec.Fixed.OrderBy(axis => axis.Name, StringComparer.Ordinal))
            {
                Add(hash, axis.Name);
                Add(hash, axis.TextAt(0));
            }
        }

        if (spec.Until is { } until)
        {
            Add(hash, "until");
            Add(hash, until.Statistic.Name);
            Add(hash, BitConverter.DoubleToInt64Bits(until.HalfWidth));
            Add(hash, until.IsRelative ? 1 : 0);
            Add(hash, until.FirstReplicates);
            Add(hash, until.MostReplicates);
        }

        return new(hash.GetCurrentHashAsUInt128());
    }

    private static void AddAxes(XxHash128 hash, IReadOnlyList<SweepAxis> axes)
    {
        Add(hash, axes.Count);
        foreach (var axis in axes)
        {
            Add(hash, axis.Name);
            Add(hash, axis.Count);
            var isWrittenOut = axis.Values is ListedValues || axis.Count <= LongestWrittenOut;
            var values = isWrittenOut ? axis.Count : Samples;
            for (long i = 0; i < values; i++)
            {
                var index = isWrittenOut ? i : (long)((Int128)(axis.Count - 1) * i / (Samples - 1));
                Add(hash, axis.Values[index].Bits);
            }
        }
    }

    private static void AddTraining(XxHash128 hash, SweepSpec spec)
    {
        Add(hash, "train");
        Add(hash, (long)spec.Training!.Trained);
        AddFixed(hash, spec, AxisParameters.OfTraining);
    }

    // A written default is the same sweep as none, so all parameters are added that are no axes.
    private static void AddFixed(XxHash128 hash, SweepSpec spec, IReadOnlyList<Parameter> parameters)
    {
        var axes = spec.Grid.Concat(spec.Zip).Select(axis => axis.Parameter).ToHashSet();
        var template = SweepPlan.TemplateOf(spec);
        foreach (var parameter in parameters.Where(p => !axes.Contains(p)))
        {
            Add(hash, parameter.Name);
            Add(hash, parameter.Get(template).Bits);
        }
    }

    private static void AddLength(XxHash128 hash, RunLength length)
    {
        Add(hash, (long)length.Unit);
        Add(hash, BitConverter.DoubleToInt64Bits(length.Amount));
    }

    private static void Add(XxHash128 hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.Append(bytes);
    }

    private static void Add(XxHash128 hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.Append(bytes);
    }
}
