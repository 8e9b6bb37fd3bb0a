using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training;

/// <summary>What a batch of trials, or the validation set, has come to so far.</summary>
internal struct TrialSums
{
    public long Trials { get; set; }

    public double Loss { get; set; }

    public long Discontinuities { get; set; }

    /// <summary>Trials that were classified at all.</summary>
    public long Classified { get; set; }

    public long Right { get; set; }

    public readonly double MeanLoss => Loss / Trials;

    public void Add(Judgement judgement, Discontinuities discontinuities)
    {
        Trials++;
        Loss += judgement.Loss;

        // At the end of a trial the loss goes on in the final phases.
        Discontinuities += discontinuities.AtOnce + discontinuities.NearlySwapped;
        Classified += judgement.IsRight is null ? 0 : 1;
        Right += judgement.IsRight == true ? 1 : 0;
    }
}
