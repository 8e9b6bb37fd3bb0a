using SparseProp.Sweeps.Networks;

namespace SparseProp.Sweeps.Reading;

/// <summary>Where a sweep file comes from.</summary>
/// <param name="FileName">How errors name it.</param>
/// <param name="Files">Where the files come from that it names.</param>
internal sealed record SweepSource(string FileName, NetworkFiles Files);
