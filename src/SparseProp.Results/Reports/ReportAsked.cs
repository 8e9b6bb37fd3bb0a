namespace SparseProp.Results.Reports;

/// <summary>What the file of a sweep asks for, of which a store does not know.</summary>
/// <param name="Points">Points that are to be run.</param>
/// <param name="Missed">What is not as the file asks for, a sentence each.</param>
/// <param name="Undecided">What the seeds cannot tell, a sentence each.</param>
public sealed record ReportAsked(long Points, IReadOnlyList<string> Missed, IReadOnlyList<string> Undecided);
