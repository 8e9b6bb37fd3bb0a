using SparseProp.Engine.Statistics;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Reports;

/// <summary>The top of a report: whether all went well, and what to mind.</summary>
internal static class ReportVerdict
{
    public static void Write(
        HtmlPage page, Manifest manifest, ReportAsked asked, StoreSurvey survey, IReadOnlyList<DivergentPoint> divergent, IReadOnlyList<StoreDamage> damage)
    {
        page.Write($"<header><h1>{manifest.Sweep}</h1>");
        page.Write($"<p class=\"soft\">A sweep of {Counted.Of(asked.Points, "point")}, begun {manifest.CreatedUtc:yyyy-MM-dd HH:mm} UTC.</p>");
        var good = survey.Failed == 0 && divergent.Count == 0 && damage.Count == 0 && survey.Ok >= asked.Points
            && asked.Missed.Count == 0;
        page.WriteMarkup(good ? "<p class=\"verdict good\">" : "<p class=\"verdict\">");
        page.Write($"{Counted.Of(survey.Ok, "result")}, {Counted.Of(survey.Failed, "failed point")}, {Counted.Of(divergent.Count, "divergent result")}.</p></header>");
        Warn(page, asked, survey, divergent, damage);
        page.WriteMarkup(
            "<nav><a href=\"#run\">What was run</a> <a href=\"#tables\">Tables</a> <a href=\"#plots\">Plots</a> "
            + "<a href=\"#failed\">Failed and divergent points</a> <a href=\"#cite\">How to cite</a></nav>");
    }

    private static void Warn(
        HtmlPage page, ReportAsked asked, StoreSurvey survey, IReadOnlyList<DivergentPoint> divergent, IReadOnlyList<StoreDamage> damage)
    {
        if (divergent.Count > 0)
        {
            page.Write($"<div class=\"bad loud\">{Counted.Of(divergent.Count, "result contradicts an earlier result of the same point", "results contradict earlier results of the same points")}. Equal points ");
            page.WriteMarkup("must give equal spikes on every machine: a machine or the program is at fault. "
                + "Find out which before using any of this. <a href=\"#divergent\">Which points</a></div>");
        }

        foreach (var part in damage)
        {
            page.Write($"<div class=\"bad\">{part.Message}. What it held is missing here; running the sweep again restores it.</div>");
        }

        if (survey.Failed > 0)
        {
            page.Write($"<div class=\"bad\">{Counted.Of(survey.Failed, "point")} failed. <a href=\"#failed\">Which points, and why</a></div>");
        }

        if (survey.Ok + survey.Failed < asked.Points)
        {
            page.Write($"<div class=\"warn\">{Counted.Of(asked.Points - survey.Ok - survey.Failed, "point of the sweep is", "points of the sweep are")} not recorded yet.</div>");
        }
        else if (survey.Ok + survey.Failed > asked.Points)
        {
            page.Write($"<div class=\"warn\">The store holds {Counted.Of(survey.Ok + survey.Failed, "point")}, the sweep file names {asked.Points}: ");
            page.WriteMarkup("the rest is from earlier files of the same name, and is reported with them.</div>");
        }

        WarnOf(page, "bad", "are not as the sweep file asks for", asked.Missed);
        WarnOf(page, "warn", "cannot be decided with these seeds", asked.Undecided);
        WarnOfBurnIn(page, survey);
        WarnOfMeasurements(page, survey);
    }

    private static void WarnOf(HtmlPage page, string kind, string what, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0)
        {
            return;
        }

        page.WriteMarkup($"<div class=\"{kind}\">");
        page.Write($"{sentences.Count} means {what}.<details><summary>Which</summary><ul>");
        foreach (var sentence in sentences)
        {
            page.Write($"<li>{sentence}</li>");
        }

        page.WriteMarkup("</ul></details></div>");
    }

    private static void WarnOfBurnIn(HtmlPage page, StoreSurvey survey)
    {
        if (survey.Unsteady == 0)
        {
            return;
        }

        page.Write($"<div class=\"warn\">In {survey.Unsteady} of {Counted.Of(survey.Ok, "point")} the rate changed during the measurement ");
        page.Write($"(its halves differ by {Stationarity.Limit} standard errors or more): the burn-in was too short, or the network is slow.");
        page.WriteMarkup("<details><summary>Which points</summary><div class=\"scroll\"><table><thead><tr>");
        foreach (var column in survey.Varying)
        {
            page.Write($"<th scope=\"col\">{column.Name}</th>");
        }

        page.WriteMarkup("<th scope=\"col\">points</th><th scope=\"col\">worst, standard errors</th></tr></thead><tbody>");
        foreach (var group in survey.UnsteadyGroups)
        {
            page.WriteMarkup("<tr>");
            foreach (var text in survey.GroupOf(group.Parameters))
            {
                page.Write($"<td>{text}</td>");
            }

            page.Write($"<td>{group.Points}</td><td>{group.Worst:0.0}</td></tr>");
        }

        page.WriteMarkup("</tbody></table></div></details></div>");
    }

    private static void WarnOfMeasurements(HtmlPage page, StoreSurvey survey)
    {
        if (survey.Contended > 0)
        {
            page.Write($"<div class=\"warn\">{survey.Contended} of {Counted.Of(survey.Ok, "point")} ran while more threads than cores were at work: ");
            page.WriteMarkup("their times, and averages over them, are no measurement of the program's speed.</div>");
        }

        if (survey.RepeatsPublishedNetworks)
        {
            page.WriteMarkup("<div class=\"warn\">Published networks of neighbouring seeds are almost the same network: standard errors over "
                + "seeds are too small.</div>");
        }

        if (survey.EngineVersions.Count > 1)
        {
            page.Write($"<div class=\"warn\">Results are of engine versions {string.Join(", ", survey.EngineVersions.Keys)}.</div>");
        }
    }
}
