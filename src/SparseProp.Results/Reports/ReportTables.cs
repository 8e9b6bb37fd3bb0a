using SparseProp.Results.Tables;

namespace SparseProp.Results.Reports;

/// <summary>The averages over seeds: the main ones in one table, all others in further ones.</summary>
internal static class ReportTables
{
    /// <summary>More rows are no table to read.</summary>
    private const int MostRows = 1000;

    /// <summary>Values beside one another that fit on a sheet of paper.</summary>
    private const int MostValues = 5;

    private static readonly string[] Main = ["rate_hz", "cv_isi", "ns_per_synaptic_event", "us_per_spike", "wall_s", "loss", "accuracy"];

    public static void Write(HtmlPage page, StoreSurvey survey)
    {
        page.WriteMarkup("<section id=\"tables\"><h2>Tables</h2>");
        page.WriteMarkup(
            "<p>Means over seeds ± half the width of the 95 % confidence interval (Student's t over the row's own seeds). Divergent results are "
            + "left out. Rows that share seeds share networks and initial conditions, so their rates rise and fall together (correlations of 0.4 to "
            + "0.8 over j0, model and overlapping k): a difference between rows is known better than their intervals say.</p>");
        foreach (var note in survey.Table.Notes())
        {
            page.Write($"<p class=\"warn\">{note}</p>");
        }

        if (survey.Table.Rows.Count > MostRows)
        {
            page.Write($"<p class=\"warn\">The first {MostRows} of {survey.Table.Rows.Count} groups; the store has all.</p>");
        }

        var measured = Enumerable.Range(0, survey.Table.Values.Count)
            .Where(i => survey.Table.Rows.Any(row => row.Values[i].Count > 0))
            .ToList();
        WriteTable(page, survey.Table, [.. measured.Where(IsMain)]);
        if (measured.Any(i => !IsMain(i)))
        {
            page.WriteMarkup("<details><summary>All other values</summary>");
            foreach (var values in measured.Where(i => !IsMain(i)).Chunk(MostValues))
            {
                WriteTable(page, survey.Table, values);
            }

            page.WriteMarkup("</details>");
        }

        page.WriteMarkup("</section>");

        bool IsMain(int i) => Main.Contains(survey.Table.Values[i].Name);
    }

    private static void WriteTable(HtmlPage page, ReplicateTable table, int[] values)
    {
        page.WriteMarkup("<div class=\"scroll\"><table><thead><tr>");
        foreach (var name in table.Columns)
        {
            page.WriteMarkup($"<th scope=\"col\">{HtmlPage.Breakable(name)}</th>");
        }

        foreach (var value in values.Select(i => table.Values[i]))
        {
            page.Write($"<th scope=\"col\" title=\"{value.Meaning}\">");
            page.WriteMarkup($"{HtmlPage.Breakable(value.Name)}{(value.Unit.Length == 0 ? "" : $" ({value.Unit})")}</th>");
        }

        page.WriteMarkup("<th scope=\"col\">results</th><th scope=\"col\">failed</th></tr></thead><tbody>");
        foreach (var row in table.Rows.Take(MostRows))
        {
            page.WriteMarkup("<tr>");
            foreach (var text in row.Group)
            {
                page.Write($"<td>{text}</td>");
            }

            var texts = table.TextsOf(row);
            foreach (var i in values)
            {
                page.Write($"<td>{texts[i]}</td>");
            }

            page.Write($"<td>{row.Seeds}</td><td>{row.Failed}</td></tr>");
        }

        page.WriteMarkup("</tbody></table></div>");
    }
}
