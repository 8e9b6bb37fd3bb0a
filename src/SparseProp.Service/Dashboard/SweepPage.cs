using System.Globalization;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Dashboard;

/// <summary>One sweep: how far it is, and what may be done about it.</summary>
internal static class SweepPage
{
    private const int MostNotices = 20;

    /// <summary>The part that follows every change.</summary>
    public static Html Status(SweepDocument sweep, SweepPaces paces) => Html.Of($"""
        <section class="sweep" aria-label="State">{State(sweep, paces)}</section>
        {Commands(sweep)}
        """);

    /// <summary>What was noticed, the newest first. The script adds to it, so that a screen reader says what is new and nothing else.</summary>
    public static Html Notices(SweepDocument sweep) => Html.Of($"""
        <h2>Notices</h2>
        <ul id="notices" class="notices" data-sweep="{sweep.Name}" aria-live="polite">{Html.All(
            sweep.Notices.TakeLast(MostNotices).Reverse().Select(notice => Html.Of($"<li>{notice}</li>")))}</ul>
        """);

    /// <summary>Progress, counts and pace.</summary>
    public static Html State(SweepDocument sweep, SweepPaces paces)
    {
        var percent = Math.Floor(1000 * Math.Clamp(sweep.WorkDone, 0, 1)) / 10;
        return Html.Of($"""
            <p><span class="state {sweep.State}">{sweep.State}</span> <progress max="1" value="{sweep.WorkDone:0.####}" aria-label="Work done of {sweep.Name}">{percent} %</progress>
            {percent:0.0} % of the work</p>
            <p>{sweep.Recorded} of {Counted.Of(sweep.Points, "point")} recorded, {sweep.Leased} with workers{Pace(sweep, paces)}</p>
            {Trouble(sweep)}
            """);
    }

    private static string Pace(SweepDocument sweep, SweepPaces paces) => paces.Note(sweep) switch
    {
        null => "",
        (var speed, null) => $"; {Speed(speed)}",
        (var speed, { } left) => $"; {Speed(speed)}, {Duration(left)} left",
    };

    private static string Speed(double speed)
    {
        var number = speed.ToString("0.##", CultureInfo.InvariantCulture);
        return $"{number} {(number == "1" ? "point" : "points")} per second";
    }

    private static string Duration(TimeSpan time) => time.TotalDays >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours} h")
        : time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static Html Trouble(SweepDocument sweep)
    {
        var trouble = new Html();
        if (sweep.Failed > 0)
        {
            trouble.Add($"""<p class="bad">✗ {sweep.Failed} failed</p>""");
        }

        if (sweep.Divergent > 0)
        {
            trouble.Add($"""<p class="bad">≠ {sweep.Divergent} divergent</p>""");
        }

        if (sweep.NotReached > 0)
        {
            trouble.Add($"""<p class="bad">± {sweep.NotReached} not known as well as <code>until</code> asks for</p>""");
        }

        if (sweep.Problem is { } problem)
        {
            trouble.Add($"""<p class="bad">! {problem}</p>""");
        }

        return trouble;
    }

    private static Html Commands(SweepDocument sweep)
    {
        List<(string Command, string Label, string? Question)> commands = [];
        if (sweep.State == SweepStates.Running)
        {
            commands.Add(("pause", "Pause", null));
        }

        if (sweep.State is SweepStates.Paused or SweepStates.Cancelled)
        {
            commands.Add(("resume", "Resume", null));
        }

        if (sweep.State is SweepStates.Running or SweepStates.Paused)
        {
            commands.Add(("cancel", "Cancel", $"Cancel {sweep.Name}? What is recorded stays."));
        }

        if (sweep.Failed > 0)
        {
            commands.Add(("retry-failed", "Retry failed points", null));
        }

        return Html.Of($"""
            <div class="commands">{Html.All(commands.Select(command => Html.Of($"""
            <form method="post" action="/sweeps/{sweep.Name}/{command.Command}" data-question="{command.Question}"><button>{command.Label}</button></form>
            """)))}</div>
            """);
    }
}
