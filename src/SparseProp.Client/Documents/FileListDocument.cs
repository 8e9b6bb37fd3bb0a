namespace SparseProp.Client.Documents;

/// <summary>The files that a sweep names.</summary>
public sealed record FileListDocument(IReadOnlyList<NamedFileDocument> Files);

/// <summary>A file that a sweep names.</summary>
/// <param name="Name">As the sweep file writes it.</param>
/// <param name="Sha256">SHA-256 of its bytes, in 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
public sealed record NamedFileDocument(string Name, string Sha256, long Bytes);
