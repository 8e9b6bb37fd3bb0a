using System.Globalization;
using SparseProp.Engine;
using SparseProp.Results.Manifests;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Reports;

/// <summary>What was run: the sweep file, by which versions, on which machines.</summary>
internal static class ReportOrigin
{
    public static void Write(HtmlPage page, Manifest manifest, StoreSurvey survey)
    {
        page.WriteMarkup("<section id=\"run\"><h2>What was run</h2>");
        WriteFacts(page, manifest, survey);
        page.Write($"<h3>Sweep file</h3><pre>{manifest.SpecText}</pre>");
        WriteMachines(page, survey);
        WriteRuns(page, manifest);
        page.WriteMarkup("</section>");
    }

    private static void WriteFacts(HtmlPage page, Manifest manifest, StoreSurvey survey)
    {
        page.WriteMarkup("<dl>");
        Fact(page, "varied", survey.Varying.Count == 0 ? "nothing but seeds" : string.Join(", ", survey.Varying.Select(Range)));
        Fact(page, "fixed", string.Join(", ", survey.All.Except(survey.Varying).Where(Matters).Select(column =>
            $"{column.Name} = {column.Value(survey.Constants!)}")));
        foreach (var setting in Settings(survey.Constants!).Where(one => !survey.Varying.Any(column => one.Columns.Contains(column.Name))))
        {
            Fact(page, setting.Name, setting.Value);
        }

        Fact(page, "hash of the sweep", manifest.SpecHash);
        Fact(page, "engine version", string.Join(", ", survey.EngineVersions.Keys));
        Fact(page, "tool", string.Join("; ", Tools(manifest)));
        page.WriteMarkup("</dl>");

        string Range(GroupColumn column)
        {
            var place = survey.Table.Columns.ToList().IndexOf(column.Name);
            var texts = survey.Table.Rows.Select(row => row.Group[place]).Distinct().ToList();
            return texts.Count > 6 ? $"{column.Name}: {texts.Count} values" : $"{column.Name} = {string.Join(" | ", texts)}";
        }

        bool Matters(GroupColumn column) => column.IsReadBy(survey.Constants!)
            && !Settings(survey.Constants!).Any(one => one.Columns.Contains(column.Name));
    }

    /// <summary>What has a line of its own where it does not vary.</summary>
    private static IEnumerable<(string Name, string Value, string[] Columns)> Settings(SimulationParameters p) =>
    [
        ("topology", EngineNames.Of(p.Topology), ["topology"]),
        ("engine", EngineNames.Of(p.Loop), ["engine"]),
        ("burn-in", Length(p.BurnIn), ["burn_in_unit", "burn_in_amount"]),
        ("measurement", Length(p.Stop), ["stop_unit", "stop_amount"]),
    ];

    private static string Length(RunLength length) => length.Amount == 0
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{length.Amount} {EngineNames.Of(length.Unit).Replace('_', ' ')}");

    /// <summary>"0.1.0, commit abc" of every build that wrote to the store.</summary>
    public static IEnumerable<string> Tools(Manifest manifest) =>
        manifest.Runs.Select(run => run.Provenance)
            .Select(made => made.Commit.Length == 0 ? made.ToolVersion : $"{made.ToolVersion}, commit {made.Commit}")
            .Distinct();

    private static void WriteMachines(HtmlPage page, StoreSurvey survey)
    {
        page.WriteMarkup("<h3>Machines</h3><div class=\"scroll\"><table><thead><tr><th class=\"text\" scope=\"col\">machine</th>"
            + "<th scope=\"col\">results</th><th scope=\"col\">CPU time (s)</th><th scope=\"col\">contended</th></tr></thead><tbody>");
        foreach (var (host, share) in survey.Machines)
        {
            page.Write($"<tr><td class=\"text\">{host}</td><td>{share.Points}</td><td>{share.CpuSeconds:0.0}</td><td>{share.Contended}</td></tr>");
        }

        page.WriteMarkup("</tbody></table></div>");
    }

    private static void WriteRuns(HtmlPage page, Manifest manifest)
    {
        page.WriteMarkup("<h3>Openings of the store</h3><div class=\"scroll\"><table><thead><tr><th scope=\"col\">number</th>"
            + "<th scope=\"col\">begun (UTC)</th><th class=\"text\" scope=\"col\">command</th><th class=\"text\" scope=\"col\">host</th>"
            + "<th class=\"text\" scope=\"col\">CPU</th><th scope=\"col\">cores</th><th class=\"text\" scope=\"col\">system</th>"
            + "<th class=\"text\" scope=\"col\">runtime</th><th class=\"text\" scope=\"col\">version</th></tr></thead><tbody>");
        foreach (var run in manifest.Runs)
        {
            var made = run.Provenance;
            page.Write($"<tr><td>{run.Epoch}</td><td>{run.StartedUtc:yyyy-MM-dd HH:mm:ss}</td><td class=\"long mono\">{made.CommandLine}</td>");
            page.Write($"<td class=\"text\">{made.Host}</td><td class=\"text\">{made.CpuModel}</td><td>{made.Cores}</td>");
            page.Write($"<td class=\"text\">{made.OperatingSystem}</td><td class=\"text\">{made.Runtime}</td>");
            page.Write($"<td class=\"text\">{made.ToolVersion} <span class=\"mono\">{made.Commit}</span></td></tr>");
        }

        page.WriteMarkup("</tbody></table></div>");
        if (manifest.Runs.Count > 0 && manifest.Runs[^1].Provenance.Packages is { Count: > 0 } packages)
        {
            page.Write($"<details><summary>{packages.Count} packages of the last</summary><p class=\"mono\">");
            page.Write($"{string.Join(", ", packages.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"))}</p></details>");
        }
    }

    private static void Fact(HtmlPage page, string name, string value) => page.Write($"<dt>{name}</dt><dd>{value}</dd>");
}
