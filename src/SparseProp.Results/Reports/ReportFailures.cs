using SparseProp.Results.Export;
using SparseProp.Results.Records;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Reports;

/// <summary>Every point that failed, with its error, and every result that contradicts another.</summary>
internal static class ReportFailures
{
    public static void Write(HtmlPage page, StoreSurvey survey, IReadOnlyList<DivergentPoint> divergent, string folder)
    {
        page.WriteMarkup("<section id=\"failed\"><h2>Failed and divergent points</h2>");
        WriteDivergent(page, survey, divergent);
        if (survey.Failed == 0)
        {
            page.WriteMarkup("<p>No point failed.</p>");
        }
        else
        {
            WriteFailed(page, survey, folder);
        }

        page.WriteMarkup("</section>");
    }

    private static void WriteDivergent(HtmlPage page, StoreSurvey survey, IReadOnlyList<DivergentPoint> divergent)
    {
        if (divergent.Count == 0)
        {
            page.WriteMarkup("<p>No point was recorded with contradictory results.</p>");
            return;
        }

        page.Write($"<div class=\"bad loud\" id=\"divergent\">{Counted.Of(divergent.Count, "divergent result")}</div>");
        Head(page, survey, "digest of the result that counts", "from", "digest of this result", "from", "ended (UTC)");
        foreach (var (record, recorded) in divergent)
        {
            Point(page, survey, record);
            page.Write($"<td class=\"text mono\">{Digest(recorded)}</td><td class=\"text\">{recorded?.Cost?.Host}</td>");
            page.Write($"<td class=\"text mono\">{Digest(record)}</td><td class=\"text\">{record.Cost?.Host}</td>");
            page.Write($"<td class=\"text\">{record.FinishedUtc:yyyy-MM-dd HH:mm:ss}</td></tr>");
        }

        page.WriteMarkup("</tbody></table></div>");
    }

    private static void WriteFailed(HtmlPage page, StoreSurvey survey, string folder)
    {
        page.Write($"<p>{Counted.Of(survey.Failed, "point failed and has", "points failed and have")} no result; <code>sparseprop run … --retry-failed</code> tries {Counted.Word(survey.Failed, "it", "them")} again.</p>");
        Head(page, survey, "kind", "error", "attempts", "ended (UTC)");
        using var order = new PlanOrder(folder, onDamage: null);
        foreach (var record in order.Records().Where(record => record.Failure is not null))
        {
            Point(page, survey, record);
            page.Write($"<td class=\"text\">{record.Failure!.Kind}</td><td class=\"long\">{record.Failure.Message}</td>");
            page.Write($"<td>{record.Failure.Attempts}</td><td class=\"text\">{record.FinishedUtc:yyyy-MM-dd HH:mm:ss}</td></tr>");
        }

        page.WriteMarkup("</tbody></table></div>");
    }

    private static void Head(HtmlPage page, StoreSurvey survey, params string[] names)
    {
        page.WriteMarkup("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">point</th>");
        foreach (var name in survey.Varying.Select(column => column.Name).Concat(["seed_ic", "seed_net"]))
        {
            page.WriteMarkup($"<th scope=\"col\">{HtmlPage.Breakable(name)}</th>");
        }

        foreach (var name in names)
        {
            page.Write($"<th class=\"text\" scope=\"col\">{name}</th>");
        }

        page.WriteMarkup("</tr></thead><tbody>");
    }

    private static void Point(HtmlPage page, StoreSurvey survey, PointRecord record)
    {
        page.Write($"<tr><td title=\"key {record.Key.ToString()}\">{record.Index}</td>");
        foreach (var text in survey.GroupOf(record.Parameters))
        {
            page.Write($"<td>{text}</td>");
        }

        page.Write($"<td>{record.Parameters.SeedIc}</td><td>{record.Parameters.SeedNet}</td>");
    }

    private static string Digest(PointRecord? record) => record?.Result is { } result ? $"{result.Digest:x32}" : "not readable";
}
