using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Api;

/// <summary>What a submission has led to.</summary>
/// <param name="Outcome"><c>started</c>, <c>attached</c> or <c>extended</c>; see <see cref="SubmitOutcome"/>.</param>
/// <param name="Warnings">What runs but may not mean what it seems to.</param>
/// <param name="Sweep">The sweep as it is now.</param>
public sealed record SubmissionDocument(string Outcome, IReadOnlyList<string> Warnings, SweepDocument Sweep)
{
    internal static SubmissionDocument Of(CoordinatorProtocol.Submitted submitted) =>
        new(ApiJson.NameOf(submitted.Outcome), submitted.Warnings, SweepDocument.Of(submitted.Status));
}
