using SparseProp.Engine;

namespace SparseProp.Execution.Benchmarks;

/// <summary>What statistics add to a network's cost; medians over rounds that ran side by side with a network that gathers nothing.</summary>
/// <param name="Network">The network, with what it records.</param>
/// <param name="Bare">CPU seconds per network spike where nothing is gathered, not even a digest.</param>
/// <param name="Measured">CPU seconds per network spike with statistics.</param>
/// <param name="Ratio">Median over rounds of measured by bare.</param>
/// <param name="Spread">Half width between the quartiles of that ratio, relative to it.</param>
public sealed record StatisticsCost(SimulationParameters Network, double Bare, double Measured, double Ratio, double Spread)
{
    /// <summary>The statistics as a sweep file's <c>record</c> names them.</summary>
    public string Record => SimulationParameter.Record.TextOf(Network);

    public double BareNanosecondsPerEvent => Bare * 1e9 / Network.K;

    public double MeasuredNanosecondsPerEvent => Measured * 1e9 / Network.K;
}
