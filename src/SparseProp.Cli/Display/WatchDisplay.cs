using SparseProp.Client.Documents;
using SparseProp.Results.Texts;
using Spectre.Console;

namespace SparseProp.Cli.Display;

/// <summary>Shows on standard output how sweeps come along: a live table on a terminal, a line for each change elsewhere.</summary>
internal static class WatchDisplay
{
    /// <returns>The sweeps as they were last.</returns>
    public static Task<IReadOnlyList<SweepDocument>> FollowAsync(IAsyncEnumerable<IReadOnlyList<SweepDocument>> states) =>
        Console.IsOutputRedirected ? FollowByLinesAsync(states) : FollowByTableAsync(states);

    private static async Task<IReadOnlyList<SweepDocument>> FollowByTableAsync(IAsyncEnumerable<IReadOnlyList<SweepDocument>> states)
    {
        IReadOnlyList<SweepDocument> last = [];
        await Terminal.Output().Live(new Text(TerminalTable.Live(SweepListTable.Of(last)))).StartAsync(async live =>
        {
            await foreach (var sweeps in states)
            {
                last = sweeps;
                live.UpdateTarget(new Text(TerminalTable.Live(SweepListTable.Of(sweeps))));
            }
        });
        return last;
    }

    private static async Task<IReadOnlyList<SweepDocument>> FollowByLinesAsync(IAsyncEnumerable<IReadOnlyList<SweepDocument>> states)
    {
        IReadOnlyList<SweepDocument> last = [];
        Dictionary<string, string> told = [];
        Dictionary<string, Pace> paces = [];
        await foreach (var sweeps in states)
        {
            last = sweeps;
            foreach (var sweep in sweeps)
            {
                // What the line says without the time, which always changes.
                var line = SweepReport.Line(sweep);
                if (!paces.TryGetValue(sweep.Name, out var pace))
                {
                    paces.Add(sweep.Name, pace = new Pace());
                }

                var progress = pace.Describe(sweep.Progress);
                if (told.GetValueOrDefault(sweep.Name) != line)
                {
                    told[sweep.Name] = line;
                    await Console.Out.WriteLineAsync(sweep.IsOver ? line : VisibleText.Line($"{sweep.Name}: {sweep.State}, {progress}"));
                }
            }
        }

        return last;
    }
}
