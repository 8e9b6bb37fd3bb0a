namespace SparseProp.Engine;

/// <summary>A network fell silent before it had as many spikes as its run was to have.</summary>
public sealed class SilentNetworkException : InvalidOperationException
{
    public SilentNetworkException()
    {
    }

    public SilentNetworkException(string message)
        : base(message)
    {
    }

    public SilentNetworkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static SilentNetworkException At(double seconds, long spikes) => new(FormattableString.Invariant(
        $"The network fell silent at {seconds} s, after {spikes} spikes, and never has as many as were asked for; give the length in seconds."));
}
