namespace SparseProp.Sweeps.Networks;

/// <summary>A file that a sweep names, as it was when the sweep was read.</summary>
/// <param name="Name">As the sweep names it: a path relative to the sweep file.</param>
/// <param name="Sha256">SHA-256 of its bytes, in 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
public sealed record NetworkFile(string Name, string Sha256, long Bytes);
