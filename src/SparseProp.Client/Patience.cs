namespace SparseProp.Client;

/// <summary>How long a request is repeated before it is given up.</summary>
/// <param name="Unreachable">Where nobody has answered at any address.</param>
/// <param name="NotReady">Where somebody has answered but is not ready, as after a restart.</param>
public sealed record Patience(TimeSpan Unreachable, TimeSpan NotReady)
{
    /// <summary>For a command at a prompt: long enough for a hiccup, short enough for a mistyped address.</summary>
    public static Patience Brief { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));

    /// <summary>A mistyped address is told soon; who answers is waited for until the caller gives up.</summary>
    public static Patience ForAnswering { get; } = Brief with { NotReady = TimeSpan.MaxValue };

    /// <summary>Until the caller gives up.</summary>
    public static Patience Endless { get; } = new(TimeSpan.MaxValue, TimeSpan.MaxValue);
}
