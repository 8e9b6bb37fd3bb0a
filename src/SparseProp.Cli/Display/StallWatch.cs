using SparseProp.Execution;

namespace SparseProp.Cli.Display;

/// <summary>Finds out that a sweep stands still: no point runs, none is finished, and time passes.</summary>
/// <param name="onNoWorker">What to say where the sweep has no worker.</param>
/// <param name="noWorkerAfter">How long it may have none before that is said.</param>
internal sealed class StallWatch(string onNoWorker, TimeSpan noWorkerAfter)
{
    /// <summary>How long no point may run before that is said.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SweepProgress? _last;
    private TimeSpan _since;
    private bool _isSaid;

    /// <summary>How far the sweep is.</summary>
    /// <param name="progress">That.</param>
    /// <param name="now">The time since any beginning.</param>
    public void OnProgress(SweepProgress progress, TimeSpan now)
    {
        if (_last is null || progress.Leased > 0 || progress.IsComplete || progress.Recorded != _last.Recorded || progress.Workers != _last.Workers)
        {
            _since = now;
            _isSaid = false;
        }

        _last = progress;
    }

    /// <summary>What is to be said now, once for each standstill; null for nothing.</summary>
    public string? Due(TimeSpan now)
    {
        if (_isSaid || _last is { Leased: > 0 } or { IsComplete: true })
        {
            return null;
        }

        var stood = now - _since;
        var text = _last switch
        {
            null when stood >= Patience => Invariant($"nothing has been heard of the sweep for {stood.TotalSeconds:0} s"),
            { Workers: 0 } when stood >= noWorkerAfter => onNoWorker,
            { Workers: > 0 } when stood >= Patience =>
                Invariant($"no point runs, and none was finished for {stood.TotalSeconds:0} s, though there are {_last.Slots} slots"),
            _ => null,
        };
        _isSaid = text is not null;
        return text;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
