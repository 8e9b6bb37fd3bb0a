namespace SparseProp.Client.Documents;

/// <summary>Whether somebody can be asked, and what is wrong.</summary>
/// <param name="Ok">Whether it can.</param>
/// <param name="Reasons">Why it cannot; or, where it can, what needs an operator, such as a sweep that is stuck.</param>
public sealed record HealthDocument(bool Ok, IReadOnlyList<string> Reasons);
