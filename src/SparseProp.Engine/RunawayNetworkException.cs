namespace SparseProp.Engine;

/// <summary>
/// Neurons of an excited network bring each other to spike at once, over and over, so that time hardly advances: its rates would tell of
/// nothing but the length of an instant.
/// </summary>
public sealed class RunawayNetworkException : InvalidOperationException
{
    public RunawayNetworkException()
    {
    }

    public RunawayNetworkException(string message)
        : base(message)
    {
    }

    public RunawayNetworkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static RunawayNetworkException At(double seconds, double rateHz) => new(FormattableString.Invariant(
        $"The network has run away at {seconds:G6} s: its neurons spike at {rateHz:G2} Hz on average, again as soon as they are reset, and nothing bounds that. ")
        + "Weaken the excitation or strengthen the inhibition: j0, excitatory_fraction, g.");
}
