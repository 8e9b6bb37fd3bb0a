namespace SparseProp.Sweeps.Networks;

/// <summary>A data file that cannot be read, with its line and column where that can be said. Caught where files are read.</summary>
internal sealed class DataFormatException(string message) : Exception(message);
