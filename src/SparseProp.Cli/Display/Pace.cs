using System.Diagnostics;
using System.Globalization;
using SparseProp.Execution;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>
/// Points per second, and the time left by the work that is left: points differ in cost. Counts from the first progress on, since
/// what an earlier run recorded is no pace of this one.
/// </summary>
internal sealed class Pace
{
    private SweepProgress? _first;
    private long _started;

    /// <summary>Points recorded, points per second, time left, points failed.</summary>
    public string Describe(SweepProgress progress)
    {
        if (_first is null)
        {
            _first = progress;
            _started = Stopwatch.GetTimestamp();
        }

        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var rate = seconds > 0 ? (progress.Recorded - _first.Recorded) / seconds : 0;
        var failed = progress.Failed > 0 ? $", {progress.Failed} failed" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Recorded}/{Counted.Of(progress.Points, "point")}, {rate:0.#}/s{Left(progress, seconds)}{failed}");
    }

    private string Left(SweepProgress progress, double seconds)
    {
        var done = progress.WorkDone - _first!.WorkDone;
        var left = seconds * (1 - progress.WorkDone) / done;
        return done > 0 && left < TimeSpan.MaxValue.TotalSeconds
            ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Ceiling(left)):c} left")
            : "";
    }
}
