using System.Diagnostics;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Texts;
using Spectre.Console;

namespace SparseProp.Cli.Display;

/// <summary>Shows on standard error how far a sweep is: a live bar on a terminal, a line every few seconds elsewhere.</summary>
internal static class RunDisplay
{
    private const int BarWidth = 20;

    // Share, spinner and spaces.
    private const int Beside = 10;

    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    /// <summary>Shows signals until one ends the sweep.</summary>
    /// <returns>
    /// The last signal: <see cref="SweepSignal.Finished"/>, <see cref="SweepSignal.Broken"/>, or with
    /// <paramref name="untilFailure"/> the notice that a point failed.
    /// </returns>
    public static async Task<SweepSignal> FollowAsync(
        IAsyncEnumerable<SweepSignal> signals, string sweep, bool untilFailure, CancellationToken cancellation)
    {
        return Console.IsErrorRedirected
            ? await FollowByLinesAsync(signals, sweep, untilFailure, cancellation)
            : await FollowByBarAsync(signals, sweep, untilFailure, Terminal.Error(), cancellation);
    }

    private static async Task<SweepSignal> FollowByBarAsync(
        IAsyncEnumerable<SweepSignal> signals,
        string sweep,
        bool untilFailure,
        IAnsiConsole console,
        CancellationToken cancellation) =>
        await console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn { Width = BarWidth },
                new PercentageColumn(),
                new SpinnerColumn())
            .StartAsync(async context =>
            {
                // The bar and what follows it take some room.
                var room = Math.Max(console.Profile.Width - BarWidth - Beside, 1);
                var bar = context.AddTask(Terminal.Cell(TableLayout.Shortened(sweep, room)));
                var pace = new Pace();
                await foreach (var signal in signals.WithCancellation(cancellation))
                {
                    switch (signal)
                    {
                        case SweepSignal.Progressed(var progress):
                            bar.Value = bar.MaxValue * progress.WorkDone;
                            bar.Description = Terminal.Cell(TableLayout.Shortened($"{sweep} {pace.Describe(progress)}", room));
                            break;
                        case SweepSignal.Said(var text):
                            console.MarkupLineInterpolated($"[yellow]{VisibleText.Line(text)}[/]");
                            break;
                        case SweepSignal.Noticed(var notice):
                            console.MarkupLineInterpolated($"[yellow]{VisibleText.Line(notice.ToString()!)}[/]");
                            if (untilFailure && notice is SweepNotice.PointFailed)
                            {
                                return signal;
                            }

                            break;
                        default:
                            return signal;
                    }
                }

                throw new UnreachableException("The signals of a sweep end with its end.");
            });

    private static async Task<SweepSignal> FollowByLinesAsync(
        IAsyncEnumerable<SweepSignal> signals, string sweep, bool untilFailure, CancellationToken cancellation)
    {
        var pace = new Pace();
        var lastLine = Stopwatch.GetTimestamp();
        await foreach (var signal in signals.WithCancellation(cancellation))
        {
            switch (signal)
            {
                case SweepSignal.Progressed(var progress):
                    var line = pace.Describe(progress);
                    if (Stopwatch.GetElapsedTime(lastLine) >= LineInterval || progress.IsComplete)
                    {
                        lastLine = Stopwatch.GetTimestamp();
                        await Console.Error.WriteLineAsync($"{sweep}: {line}");
                    }

                    break;
                case SweepSignal.Said(var text):
                    await Console.Error.WriteLineAsync($"{sweep}: {VisibleText.Line(text)}");
                    break;
                case SweepSignal.Noticed(var notice):
                    await Console.Error.WriteLineAsync($"{sweep}: {VisibleText.Line(notice.ToString()!)}");
                    if (untilFailure && notice is SweepNotice.PointFailed)
                    {
                        return signal;
                    }

                    break;
                default:
                    return signal;
            }
        }

        throw new UnreachableException("The signals of a sweep end with its end.");
    }
}
