namespace SparseProp.Client.Documents;

/// <summary>What a submission has led to.</summary>
/// <param name="Outcome"><c>started</c>, <c>attached</c> or <c>extended</c>.</param>
/// <param name="Warnings">What runs but may not mean what it seems to.</param>
/// <param name="Sweep">The sweep as it is now.</param>
public sealed record SubmissionDocument(string Outcome, IReadOnlyList<string> Warnings, SweepDocument Sweep);
