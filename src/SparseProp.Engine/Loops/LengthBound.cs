using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// For how many spikes no vector of a quadratic integrate-and-fire network can leave the range of binary64: inputs stretch and
/// shrink vectors, and a neuron that stays silent keeps none of the normalisation that a spike brings.
/// </summary>
/// <remarks>
/// Each input is a shear by at most w, the <paramref name="weight"/>; between inputs the clock turns. After inputs of total
/// weight W, a vector's length has changed by a factor of at most e^(W/2). While the clock turns through Δ radians, the factor is
/// also at most s·e^(W/s + sΔ) for every s ≥ 1: bound the matrices by their absolute values and those by e^(w/s) and e^(sδ) in
/// coordinates stretched by s. With s = √(W/Δ) and WΔ ≤ 36000 it is below 2^600, as it is for W ≤ 700. Inverses obey the same bounds.
/// A quarter of the clock has length 1, of which a part p is at most 2p radians.
/// </remarks>
/// <param name="weight">|c| times how often one spike may act on the same neuron.</param>
internal struct LengthBound(double weight)
{
    private const double AlwaysSafe = 700;
    private const double SafePerQuarter = 18_000;

    private double _turned;
    private double _window;
    private long _spikes;

    /// <summary>How many spikes may follow before all vectors must be normalised; at least 1 right after they were.</summary>
    public readonly long SpikesLeft
    {
        get
        {
            var allowed = Math.Max(AlwaysSafe, SafePerQuarter / _turned) / weight;
            return allowed < long.MaxValue ? Math.Max(_spikes == 0 ? 1 : 0, (long)allowed - _spikes) : long.MaxValue;
        }
    }

    /// <summary>The clock will turn by a part of a quarter before the next call.</summary>
    public void Turn(double window)
    {
        _turned += window;
        _window = window;
    }

    public void CountSpike() => _spikes++;

    /// <summary>All vectors have been normalised, at an unknown moment since the last <see cref="Turn"/>.</summary>
    public void Normalised()
    {
        _turned = _window;
        _spikes = 0;
    }

    public readonly void Save(SnapshotWriter writer)
    {
        writer.Write(_turned);
        writer.Write(_window);
        writer.Write(_spikes);
    }

    public void Restore(SnapshotReader reader)
    {
        _turned = reader.ReadDouble();
        _window = reader.ReadDouble();
        _spikes = reader.ReadInt64();
    }
}
