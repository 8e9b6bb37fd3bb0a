namespace SparseProp.Engine.Adjoint;

/// <summary>Derivatives of a loss by the time, in τ, at which each neuron would spike next, as they are followed back.</summary>
/// <param name="neurons">How many there are.</param>
/// <param name="isTruncated">Whether those of the present block are kept apart.</param>
internal sealed class AdjointState(int neurons, bool isTruncated)
{
    /// <summary>Of all that is still followed.</summary>
    public double[] Total { get; private set; } = new double[neurons];

    /// <summary>Of losses of the present block alone; null where nothing is truncated.</summary>
    public double[]? Recent { get; private set; } = isTruncated ? new double[neurons] : null;

    /// <summary>Time in τ at which the present block begins.</summary>
    public double BlockBegin { get; set; } = double.NegativeInfinity;

    /// <summary>The run's spikes that are not yet followed.</summary>
    public int Spikes { get; set; }

    /// <summary>The input spikes that are not yet followed.</summary>
    public int InputSpikes { get; set; }

    /// <summary>Derivative of the loss by the time of each spike, by τ.</summary>
    public required double[] LossBySpike { get; init; }

    /// <summary>The time of each spike, in τ.</summary>
    public required double[] SpikeTimes { get; init; }

    /// <summary>Adds to a neuron's derivative what comes from the loss itself.</summary>
    public void Inject(int neuron, double loss)
    {
        Total[neuron] += loss;
        if (Recent is not null)
        {
            Recent[neuron] += loss;
        }
    }

    /// <summary>Goes back over the begin of a block: what comes from the block before it is followed no longer.</summary>
    public void LeaveBlock(double length)
    {
        (Total, Recent) = (Recent!, Total);
        Array.Clear(Recent);
        BlockBegin -= length;
    }
}
