namespace SparseProp.Sweeps;

/// <summary>A sweep file that cannot be run, with all that is wrong in it.</summary>
public sealed class SweepFileException : Exception
{
    internal SweepFileException(IReadOnlyList<SweepFileError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>At least one, in the order of the file.</summary>
    public IReadOnlyList<SweepFileError> Errors { get; }
}
