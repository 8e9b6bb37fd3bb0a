using SparseProp.Results.Manifests;

namespace SparseProp.Results.Reports;

/// <summary>How to cite the method and the program.</summary>
internal static class ReportCitation
{
    private const string Method = """
        @inproceedings{engelken2023sparseprop,
          author    = {Engelken, Rainer},
          title     = {{SparseProp}: Efficient Event-Based Simulation and Training of Sparse Recurrent Spiking Neural Networks},
          booktitle = {Advances in Neural Information Processing Systems},
          volume    = {36},
          year      = {2023},
          eprint    = {2312.17216},
          archivePrefix = {arXiv}
        }
        """;

    public static void Write(HtmlPage page, Manifest manifest)
    {
        page.WriteMarkup("<section id=\"cite\"><h2>How to cite</h2><p>The method:</p>");
        page.WriteMarkup("<p>R. Engelken, <em>SparseProp: Efficient Event-Based Simulation and Training of Sparse Recurrent Spiking Neural "
            + "Networks</em>, NeurIPS 2023, <a href=\"https://arxiv.org/abs/2312.17216\">arXiv:2312.17216</a>.</p>");
        page.WriteMarkup("<p>The program that made these results:</p>");
        foreach (var tool in ReportOrigin.Tools(manifest))
        {
            page.Write($"<p>The SparseProp.Cluster authors, <em>SparseProp.Cluster</em>, version {tool}.</p>");
        }

        page.Write($"<pre>{Method}");
        foreach (var (i, tool) in ReportOrigin.Tools(manifest).Index())
        {
            page.Write($"@software{{sparsepropcluster{(i == 0 ? "" : $"{i + 1}")},");
            page.Write($"  author  = {{{{The SparseProp.Cluster authors}}}},\n  title   = {{{{SparseProp.Cluster}}}},\n  version = {{{tool}}}\n}}");
        }

        page.WriteMarkup("</pre></section>");
    }
}
