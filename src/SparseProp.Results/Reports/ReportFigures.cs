using SparseProp.Results.Plots;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Reports;

/// <summary>The scaling plots: what was measured over every parameter that varies, then distributions.</summary>
internal static class ReportFigures
{
    /// <summary>Width in points by which letters have their size in the page.</summary>
    private const float Width = 300;

    // What a reader asks of a scaling study first; the tables have the rest.
    private static readonly string[] Shown =
    [
        "rate_hz", "cv_isi", "ns_per_synaptic_event", "us_per_spike", "population_fano_10ms", "chi",
        "lyapunov_per_s", "entropy_bits_per_spike", "kaplan_yorke_dimension", "loss", "accuracy", "weight_error",
    ];

    public static void Write(HtmlPage page, StoreSurvey survey, string folder)
    {
        page.WriteMarkup("<section id=\"plots\"><h2>Scaling plots</h2>");
        var number = 0;
        foreach (var x in survey.Varying.Where(column => column.IsNumber))
        {
            page.Write($"<h3>Over {x.Name}</h3><div class=\"figures\">");
            foreach (var figure in ScalingFigures(survey, x))
            {
                WriteFigure(page, figure, ++number);
            }

            page.WriteMarkup("</div>");
        }

        if (number == 0)
        {
            page.WriteMarkup("<p>Nothing but seeds varies, so there is no scaling to plot.</p>");
        }

        if (survey.Lists.Count > 0)
        {
            page.WriteMarkup("<h3>Distributions, correlations, spectra</h3><div class=\"figures\">");
            foreach (var figure in ListFigures(survey, folder))
            {
                WriteFigure(page, figure, ++number);
            }

            page.WriteMarkup("</div>");
        }

        page.WriteMarkup("</section>");
    }

    private static IEnumerable<Figure> ScalingFigures(StoreSurvey survey, GroupColumn x)
    {
        foreach (var value in ReplicateTable.Named(Shown))
        {
            var column = survey.Table.Values.ToList().IndexOf(value);
            if (survey.Table.Rows.Any(row => row.Values[column].Count > 0))
            {
                yield return ScalingFigure.Of(new ScalingQuestion(x, [value], By: null), survey.Table);
            }
        }
    }

    /// <summary>Reads the store once for all of them.</summary>
    private static List<Figure> ListFigures(StoreSurvey survey, string folder)
    {
        var rows = survey.Table.Rows.Where(row => row.Seeds > 0).ToList();
        var chosen = FewSeries.PlacesIn(rows.Count).Select(place => string.Join('\n', rows[place].Group)).ToHashSet();
        var figures = survey.Lists.Select(kind => new ListFigure(kind, survey.Varying)).ToList();
        foreach (var record in StoreReader.Read(folder).Where(record => chosen.Contains(string.Join('\n', survey.GroupOf(record.Parameters)))))
        {
            foreach (var figure in figures)
            {
                figure.Add(record);
            }
        }

        return [.. figures.Where(figure => !figure.IsEmpty).Select(figure => figure.Build() with
        {
            Notes = rows.Count > chosen.Count ? [$"{chosen.Count} of {rows.Count} groups"] : [],
        })];
    }

    private static void WriteFigure(HtmlPage page, Figure figure, int number)
    {
        var few = FewSeries.Of(figure);
        page.WriteMarkup("<figure>");
        page.WriteMarkup(FigureSvg.Inline(few, Width, $"f{number}-"));
        page.Write($"<figcaption>{CaptionOf(few)}</figcaption></figure>");
    }

    private static string CaptionOf(Figure figure)
    {
        List<string> sentences = [$"{figure.Panels[0].Y.Label} over {figure.X.Label}"];
        var fits = figure.Panels[0].Series.Where(series => series.Fit is not null).ToList();
        if (fits.Count > 0)
        {
            sentences.Add(
                $"Power laws, exponents with 95 % confidence: {string.Join("; ", fits.Select(s => $"{s.Label}: {FitNotes.TextOf(s.Fit!)}"))}");
        }

        if (figure.Caption.Length > 0)
        {
            sentences.Add(char.ToUpperInvariant(figure.Caption[0]) + figure.Caption[1..]);
        }

        return string.Concat(sentences.Concat(figure.Notes).Select(sentence => sentence + ". ")).TrimEnd();
    }
}
