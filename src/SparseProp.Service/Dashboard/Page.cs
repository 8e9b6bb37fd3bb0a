namespace SparseProp.Service.Dashboard;

/// <summary>What is around the content of every page.</summary>
internal static class Page
{
    private const int LongestWithoutBreak = 40;

    /// <param name="title">What it is about.</param>
    /// <param name="content">The content of its main part.</param>
    /// <param name="canSignOut">Whether there is a token to forget.</param>
    /// <param name="changes">Whether it is to be loaded again and again where there are no scripts.</param>
    public static Html Of(string title, Html content, bool canSignOut, bool changes = false) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} – SparseProp</title>
        <link rel="icon" href="/dashboard.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/dashboard.css">
        <script src="/dashboard.js" defer></script>
        {(changes ? Html.Of($"""<noscript><meta http-equiv="refresh" content="10"></noscript>""") : new Html())}
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header><a class="home" href="/">SparseProp</a>{SignOut(canSignOut)}</header>
        <p id="connection" role="status" hidden>The coordinator does not answer. Trying again…</p>
        <main id="main">
        {content}
        </main>
        <dialog id="confirm" aria-labelledby="question"><form method="dialog"><p id="question"></p>
        <button value="no" autofocus>Keep it running</button> <button class="danger" value="yes">Yes</button></form></dialog>
        </body>
        </html>
        """);

    /// <summary>A part that the script brings up to date.</summary>
    /// <param name="source">Where its content comes from.</param>
    /// <param name="seconds">No more often than that.</param>
    /// <param name="content">Its content now.</param>
    public static Html Live(string source, int seconds, Html content) =>
        Html.Of($"""<div data-source="{source}" data-seconds="{seconds}">{content}</div>""");

    /// <summary>A table that scrolls by itself where it is wider than the screen.</summary>
    public static Html Table(string caption, IEnumerable<string> columns, IEnumerable<Html> rows) => Html.Of($"""
        <div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>
        <thead><tr>{Html.All(columns.Select(column => Html.Of($"""<th scope="col">{column}</th>""")))}</tr></thead>
        <tbody>{Html.All(rows)}</tbody></table></div>
        """);

    /// <summary>A row whose first cell names it.</summary>
    public static Html Row(Html name, params IEnumerable<string> cells) =>
        Html.Of($"""<tr><th scope="row">{name}</th>{Html.All(cells.Select(Cell))}</tr>""");

    // Numbers, names and times stay in one line however narrow the screen is, and the table scrolls; only sentences go on in the next.
    private static Html Cell(string text) =>
        text.Length <= LongestWithoutBreak ? Html.Of($"<td>{text}</td>") : Html.Of($"""<td class="prose">{text}</td>""");

    private static Html SignOut(bool isThere) => isThere
        ? Html.Of($"""<form method="post" action="/sign-out"><button>Sign out</button></form>""")
        : new Html();
}
