using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.Cli.Display;

/// <summary>Shows on standard error how a sweep on the cluster comes along, just as if it ran here.</summary>
internal static class SweepFollower
{
    /// <returns>The sweep when it is over.</returns>
    public static async Task<SweepDocument> FollowAsync(
        CoordinatorClient client, string sweep, SweepSignals signals, CancellationToken cancellation)
    {
        var waiting = WaitAsync(client, sweep, signals, cancellation);

        // The signals end when the waiting does, for whatever reason.
        await RunDisplay.FollowAsync(signals.All, sweep, untilFailure: false, CancellationToken.None);
        return await waiting;
    }

    private static async Task<SweepDocument> WaitAsync(
        CoordinatorClient client, string sweep, SweepSignals signals, CancellationToken cancellation)
    {
        var notices = new NewNotices();
        var unknown = new HashSet<string>();
        try
        {
            var last = await client.WaitAsync(
                sweep,
                status =>
                {
                    foreach (var notice in notices.In(status.Notices))
                    {
                        signals.OnSaid(notice);
                    }

                    if (!status.HasKnownState && unknown.Add(status.State))
                    {
                        signals.OnSaid($"it is {status.State}, a state that this program does not know");
                    }

                    signals.OnProgress(status.Progress);
                },
                Timeout.InfiniteTimeSpan,
                cancellation);
            signals.OnFinished();
            return last;
        }
        catch (Exception error)
        {
            signals.OnBroken(error);
            throw;
        }
    }
}
