using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Checks;

/// <summary>What has come of what a sweep file asks for.</summary>
/// <param name="Expectations">Of <c>expect</c>, for each expectation and group that it selects.</param>
/// <param name="Precision">Of <c>until</c>, for each group.</param>
public sealed record SweepOutcome(IReadOnlyList<ExpectationOutcome> Expectations, IReadOnlyList<PrecisionOutcome> Precision)
{
    /// <summary>Where nothing is asked for.</summary>
    public static SweepOutcome None { get; } = new([], []);

    /// <summary>Points that are to be run, as far as is known; 0 where that was not looked up.</summary>
    public long Points { get; private init; }

    /// <summary>Groups whose mean is not known as well as <c>until</c> asks for.</summary>
    public IEnumerable<PrecisionOutcome> NotReached => Precision.Where(group => !group.Reached);

    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static SweepOutcome Of(SweepPlan plan, string folder) =>
        new(ExpectationCheck.Of(plan, folder), PrecisionCheck.Of(plan, folder, out var points)) { Points = points };

    /// <summary>Whether anything is not as the file asks for.</summary>
    /// <param name="strict">Whether what cannot be told counts as not met.</param>
    public bool IsMissed(bool strict) => NotReached.Any() || Expectations.Any(outcome => !outcome.Met && (strict || !outcome.IsUndecided));
}
