using Microsoft.AspNetCore.Http;

namespace SparseProp.Service.Api.Limits;

/// <summary>Places for those whose requests go on until they go, or the process ends.</summary>
/// <param name="most">How many there are.</param>
/// <param name="stopping">The process ends.</param>
internal sealed class OpenStreams(int most, CancellationToken stopping)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    private int _taken;

    /// <summary>Streams until the caller has gone or the process ends.</summary>
    /// <exception cref="ApiException">All places are taken, or the process ends before anything was sent.</exception>
    public async Task StreamAsync(HttpContext context, Func<CancellationToken, Task> stream)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            if (Interlocked.Increment(ref _taken) > most)
            {
                throw ApiException.TooMany(
                    FormattableString.Invariant($"{most} streams of events or logs are open, and there is no room for more"), TryAgain);
            }

            await stream(either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
            {
                throw ApiException.NotReady("the process ends");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }
}
