using System.Threading.Channels;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Api.Events;

/// <summary>
/// One who listens to events. It is only told that there is something new, and looks at the picture when it has time: one that reads
/// slowly sees fewer pictures. Notices wait for it up to a number; of more, the oldest are left out.
/// </summary>
/// <param name="sweep">The sweep that it wants to hear of; null for all.</param>
internal sealed class EventListener(string? sweep)
{
    private const int MostNotices = 256;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Queue<NoticeDocument> _notices = new();
    private long _missed;

    /// <summary>Whether no more is to come, because the coordinator of this process is active no more.</summary>
    public bool IsOver { get; private set; }

    public void Wake() => _wake.Writer.TryWrite(true);

    public void End()
    {
        IsOver = true;
        Wake();
    }

    public void Tell(NoticeDocument notice)
    {
        if (sweep is not null && notice.Sweep != sweep)
        {
            return;
        }

        lock (_notices)
        {
            _notices.Enqueue(notice);
            if (_notices.Count > MostNotices)
            {
                _notices.Dequeue();
                _missed++;
            }
        }

        Wake();
    }

    /// <summary>Waits until there is something new, or time has run out.</summary>
    public async Task WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        either.CancelAfter(time > TimeSpan.Zero ? time : TimeSpan.Zero);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // There is nothing new.
        }
    }

    /// <summary>Takes the notices since the last time.</summary>
    public IReadOnlyList<NoticeDocument> TakeNotices()
    {
        lock (_notices)
        {
            List<NoticeDocument> taken = [.. _notices];
            _notices.Clear();
            if (taken.Count > 0 && _missed > 0)
            {
                taken[0] = taken[0] with { Missed = _missed };
                _missed = 0;
            }

            return taken;
        }
    }
}
