namespace SparseProp.Results.Plots;

/// <summary>A store has nothing that could be drawn, for the reason that the message says.</summary>
public sealed class NothingToPlotException : Exception
{
    public NothingToPlotException()
    {
    }

    public NothingToPlotException(string message)
        : base(message)
    {
    }

    public NothingToPlotException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static NothingToPlotException EmptyStore() => new("there is nothing to plot: the store holds no points");

    internal static NothingToPlotException NoResult(int failed) =>
        new($"there is nothing to plot: all points failed, {failed} in number; sparseprop results table tells where, show tells why");

    /// <param name="name">The column.</param>
    /// <param name="notPositive">How many means have no place on a logarithmic axis.</param>
    internal static NothingToPlotException NoValue(string name, int notPositive) => new(notPositive > 0
        ? $"there is nothing to plot: no mean of {name} is positive, which a logarithmic axis takes"
        : $"there is nothing to plot: no point has {name}; a sweep file's record and lyapunov say what is measured");
}
