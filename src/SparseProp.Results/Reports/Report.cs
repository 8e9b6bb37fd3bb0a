using SparseProp.Results.Store;

namespace SparseProp.Results.Reports;

/// <summary>
/// One page that says what a store holds: what was run and on what, tables, scaling plots, what failed, what to cite. It needs no
/// other file, no network and no script.
/// </summary>
public static class Report
{
    /// <summary>Writes the page. Reads the store a few times; memory grows with its groups, not with its points.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="writer">Takes the page, as HTML that is well-formed XML.</param>
    /// <param name="asked">What the sweep's file asks for; null where that is not known.</param>
    /// <returns>Parts of the store that cannot be read; the page tells them, too.</returns>
    /// <exception cref="StoreException">The folder is no store, cannot be read, or is of a later version.</exception>
    /// <exception cref="Plots.NothingToPlotException">The store holds no points.</exception>
    public static IReadOnlyList<StoreDamage> Write(string folder, TextWriter writer, ReportAsked? asked = null)
    {
        var manifest = StoreReader.ReadManifest(folder);
        List<StoreDamage> damage = [];
        var survey = StoreSurvey.Of(StoreReader.Read(folder, damage.Add), StoreReader.ReadColumns(folder));
        if (survey.Ok + survey.Failed == 0)
        {
            throw new Plots.NothingToPlotException("there is nothing to report: the store holds no points");
        }

        var divergent = DivergentPoint.AllOf(folder);
        var page = new HtmlPage(writer);
        page.WriteMarkup("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>");
        page.WriteMarkup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Write($"<title>{manifest.Sweep}</title>");
        page.WriteMarkup($"<style>{ReportStyle.Css}</style></head><body>");
        ReportVerdict.Write(page, manifest, asked ?? new ReportAsked(manifest.PointCount, [], []), survey, divergent, damage);
        ReportOrigin.Write(page, manifest, survey);
        ReportTables.Write(page, survey);
        ReportFigures.Write(page, survey, folder);
        ReportFailures.Write(page, survey, divergent, folder);
        ReportCitation.Write(page, manifest);
        page.WriteMarkup("</body></html>");
        return damage;
    }
}
