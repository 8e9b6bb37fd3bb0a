using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>What <c>until</c> says.</summary>
/// <param name="At">Where the key stands.</param>
/// <param name="Statistic">Whose mean is to be known.</param>
/// <param name="HalfWidth">Half width of the 95 % interval that is good enough.</param>
/// <param name="IsRelative">Whether it is a share of the mean.</param>
/// <param name="MostReplicates">How many replicates a point gets at most.</param>
/// <param name="StatisticAt">Where the statistic stands.</param>
internal sealed record UntilDraft(
    Position At, Statistic Statistic, double HalfWidth, bool IsRelative, int MostReplicates, Position StatisticAt);
