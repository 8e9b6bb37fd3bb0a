using System.Text.Json.Nodes;

namespace SparseProp.Client.Documents;

/// <summary>A page of a sweep's recorded points.</summary>
/// <param name="Points">Parameters, main figures, and what each cost or why it failed, under the names of exported columns.</param>
/// <param name="Damage">Parts of the store that cannot be read, in words; what they held is missing.</param>
/// <param name="Next">What the next page comes after; null where this is the last.</param>
public sealed record PointPageDocument(IReadOnlyList<JsonObject> Points, IReadOnlyList<string> Damage, long? Next = null);
