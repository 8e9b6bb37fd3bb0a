using SparseProp.Engine.Networks.Description;

namespace SparseProp.Sweeps.Networks;

/// <summary>A key of a population that has a quantity.</summary>
/// <param name="Name">The key.</param>
/// <param name="Rule">What its values may be.</param>
/// <param name="Default">Its value where it is not given; null where it has to be.</param>
internal sealed record PopulationKey(string Name, NumberRule Rule, double? Default)
{
    public const string Size = "n";
    public const string Tau = "tau";
    public const string Threshold = "threshold";
    public const string Reset = "reset";
    public const string Rest = "rest";
    public const string Drive = "drive";
    public const string Refractory = "refractory";
    public const string DeltaV = "delta_v";
    public const string Onset = "onset";
    public const string Rate = "rate";

    private static PopulationKey TauKey { get; } = new(Tau, NumberRule.TimeConstant, null);

    private static PopulationKey RefractoryKey { get; } = new(Refractory, NumberRule.Refractoriness, 0);

    private static PopulationKey DriveKey { get; } = new(Drive, NumberRule.Voltage, 0);

    private static PopulationKey RestKey { get; } = new(Rest, NumberRule.Voltage, 0);

    private static PopulationKey ResetKey { get; } = new(Reset, NumberRule.Voltage, null);

    /// <summary>Whether each neuron may have another value of it.</summary>
    public bool MayVary => Name is Tau or Threshold or Reset or Rest or Drive or Refractory;

    /// <summary>The keys of a model, in the order in which they are documented.</summary>
    public static IReadOnlyList<PopulationKey> Of(PopulationModel model) => model switch
    {
        PopulationModel.Lif => [TauKey, new(Threshold, NumberRule.Voltage, null), ResetKey, RefractoryKey, RestKey, DriveKey],
        PopulationModel.Qif =>
        [
            TauKey, new(Threshold, NumberRule.Voltage, double.PositiveInfinity), new(Reset, NumberRule.Voltage, double.NegativeInfinity),
            RefractoryKey, DriveKey,
        ],
        PopulationModel.Eif =>
        [
            TauKey, new(DeltaV, NumberRule.PositiveVoltage, null), new(Onset, NumberRule.Voltage, null),
            new(Threshold, NumberRule.Voltage, double.PositiveInfinity), ResetKey, RefractoryKey, RestKey, DriveKey,
        ],
        _ => [],
    };
}
