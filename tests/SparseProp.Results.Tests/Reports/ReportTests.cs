using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Plots;
using SparseProp.Results.Records;
using SparseProp.Results.Reports;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Plots;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Reports;

public sealed class ReportTests
{
    private const string Hostile = "</td><script src=\"https://evil.example\">alert('&')</script>\u0000\u202e";

    // What is left of it: no page may hold the last character.
    private const string HostileText = "</td><script src=\"https://evil.example\">alert('&')</script>\\u0000\\u202e";

    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    private static readonly PointRecord[] Sweep =
    [
        .. from n in new[] { 100, 1000, 10_000 }
           from k in new[] { 20, 50 }
           from seed in new[] { 1, 2 }
           select Plotted.Point(n, k, seed: seed, rate: k + (0.5 * seed)),
    ];

    [Fact]
    public void ThePageIsWellFormedAndNeedsNothingElse()
    {
        var page = PageOf(Sweep);

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "image");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "srcset" or "data" or "background");
        Assert.DoesNotMatch(@"url\((?!#)|@import", page.ToString());
        Assert.Equal(
            ["https://arxiv.org/abs/2312.17216"],
            page.Descendants().Attributes().Where(a => a.Name.LocalName == "href" && !a.Value.StartsWith('#')).Select(href => href.Value));
    }

    [Fact]
    public void EveryLinkWithinThePageLeadsSomewhereAndIdentifiersAreUnique()
    {
        var page = PageOf([.. Sweep, Plotted.Failed(seed: 9), Divergent()]);

        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Distinct(ids);
        Assert.Subset(
            ids.Select(id => "#" + id).ToHashSet(),
            page.Descendants().Attributes("href").Select(href => href.Value).Where(href => href.StartsWith('#')).ToHashSet());
    }

    [Fact]
    public void WhatWasRunIsTold()
    {
        var text = SectionOf(PageOf(Sweep), "run").Value;

        Assert.Contains(TemporaryStore.Identity.SpecText, text, StringComparison.Ordinal);
        var made = TemporaryStore.Identity.Provenance;
        Assert.All(
            [
                made.CommandLine, made.Host, made.CpuModel, made.OperatingSystem, made.Runtime, made.ToolVersion, made.Commit,
                "MessagePack 3.1.12", TemporaryStore.Identity.SpecHash, "n = 100 | 1000 | 10000, k = 20 | 50", "burn-in5 spikes per neuron", "measurement20 spikes per neuron",
            ],
            fact => Assert.Contains(fact, text, StringComparison.Ordinal));
    }

    [Fact]
    public void HowToCiteTheMethodAndTheProgramIsTold()
    {
        var text = SectionOf(PageOf(Sweep), "cite").Value;

        Assert.Contains("eprint    = {2312.17216}", text, StringComparison.Ordinal);
        Assert.Contains("version = {0.1.0, commit 314a26c}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NoTextOfAStoreBecomesMarkup()
    {
        var failed = Plotted.Failed(seed: 9, error: Hostile);
        failed = failed with { Failure = failed.Failure! with { Kind = Hostile } };
        var host = Plotted.Point(seed: 3);
        var divergent = Divergent();
        var page = PageOf(
            [.. Sweep, failed, host with { Cost = host.Cost! with { Host = Hostile } }, divergent with { Cost = divergent.Cost! with { Host = Hostile } }],
            TemporaryStore.Identity with
            {
                Sweep = Hostile,
                SpecText = Hostile,
                SpecHash = Hostile,
                Provenance = TemporaryStore.Identity.Provenance with
                {
                    CommandLine = Hostile,
                    Host = Hostile,
                    CpuModel = Hostile,
                    OperatingSystem = Hostile,
                    Runtime = Hostile,
                    ToolVersion = Hostile,
                    Commit = Hostile,
                    Packages = new Dictionary<string, string> { [Hostile] = Hostile },
                },
            });

        Assert.Empty(page.Descendants(Html + "script"));
        Assert.Equal(HostileText, page.Descendants(Html + "h1").Single().Value);
        // Heading, title, spec, hash, tool, its citation and BibTeX; the run's seven and its package's two; machine; error, kind; host.
        Assert.InRange(Regex.Count(page.Value, Regex.Escape(HostileText)), 18, 40);
    }

    [Fact]
    public void EveryFailedPointIsListedWithItsErrorInTheOrderOfTheSweep()
    {
        var page = PageOf([.. Sweep, .. Enumerable.Range(10, 90).Reverse().Select(seed => Plotted.Failed(100, seed: seed, error: $"error {seed}"))]);

        Assert.Equal(Enumerable.Range(10, 90).Select(seed => $"error {seed}"), page.Descendants(Html + "td").Where(IsLong).Select(cell => cell.Value));
        var row = page.Descendants(Html + "td").First(IsLong).Parent!;
        Assert.Equal(["10", "100", "100", "10", "10", "memory", "error 10", "2"], row.Elements().Take(8).Select(cell => cell.Value));
        Assert.Contains("90 points failed.", page.Value, StringComparison.Ordinal);

        static bool IsLong(XElement cell) => (string?)cell.Attribute("class") == "long";
    }

    [Fact]
    public void ADivergentPointIsToldLoudlyWithBothDigests()
    {
        var page = PageOf([.. Sweep, Divergent()]);

        Assert.Contains("1 result contradicts an earlier result", page.Descendants(Html + "div").First(div => (string?)div.Attribute("class") == "bad loud").Value, StringComparison.Ordinal);
        var digests = page.Descendants(Html + "td").Where(cell => (string?)cell.Attribute("class") == "text mono").Select(cell => cell.Value);
        Assert.Equal([$"{1:x32}", $"{77:x32}"], digests);
    }

    [Fact]
    public void ASweepThatWentWellSaysSo()
    {
        var page = PageOf(Sweep, TemporaryStore.Identity with { PointCount = Sweep.Length });

        Assert.Equal("verdict good", (string?)page.Descendants(Html + "p").First(p => p.Value.Contains("12 results", StringComparison.Ordinal)).Attribute("class"));
        Assert.DoesNotContain(page.Descendants(Html + "div"), div => (string?)div.Attribute("class") is "bad" or "bad loud" or "warn");
        Assert.Contains("No point failed.", page.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("88 points of the sweep are not recorded yet")]
    [InlineData("1 of 12 points ran while more threads than cores were at work")]
    [InlineData("In 1 of 12 points the rate changed during the measurement")]
    public void WhatToMindIsTold(string warning)
    {
        var slow = Sweep[0].Result! with { Stationarity = new Stationarity { FirstHalfHz = 2, SecondHalfHz = 1, Deviation = 5.5 } };
        var page = PageOf(
        [
            Sweep[0] with { Result = slow },
            Sweep[1] with { Cost = Sweep[1].Cost! with { Contended = true } },
            .. Sweep[2..],
        ]);

        Assert.Contains(
            page.Descendants(Html + "div").Where(div => (string?)div.Attribute("class") == "warn"),
            div => Regex.Replace(div.Value, @"\s+", " ").Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void PointsOfAnEarlierSweepFileAreToldApart()
    {
        var page = PageOf([.. Sweep, Sweep[0] with { Key = new PointKey(77), Parameters = Sweep[0].Parameters with { BurnIn = RunLength.Spikes(1) } }]);

        Assert.Contains("burn_in_unit = spikes | spikes_per_neuron, burn_in_amount = 1 | 5", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(Html + "dt"), name => name.Value == "burn-in");
        Assert.Contains(page.Descendants(Html + "dt"), name => name.Value == "measurement");
        Assert.Contains("burn_in_amount", SectionOf(page, "tables").Descendants(Html + "th").Select(cell => cell.Value));
    }

    [Fact]
    public void EveryVaryingParameterHasItsFiguresAndCaptionsAreSentences()
    {
        var page = PageOf(Sweep);

        var captions = page.Descendants(Html + "figcaption").Select(caption => caption.Value).ToList();
        Assert.Contains(captions, caption => caption.StartsWith("mean firing rate per neuron (Hz) over number of neurons n.", StringComparison.Ordinal)
            && caption.EndsWith(". Bars: 95 % confidence, n = 2.", StringComparison.Ordinal));
        Assert.Contains("mean coefficient of variation of interspike intervals over targets of each neuron k.", captions);
        Assert.All(captions, caption => Assert.Matches(@"^\S.*[^ .]\.$", caption));
        Assert.Contains(captions, caption => caption.Contains(". Power laws, exponents with 95 % confidence: k = 20: ", StringComparison.Ordinal));
        Assert.Equal(captions.Count, page.Descendants().Count(element => element.Name.LocalName == "svg"));
    }

    [Fact]
    public void TablesAverageOverSeedsAndAreNoWiderThanAPage()
    {
        var halves = new Stationarity { FirstHalfHz = 1, SecondHalfHz = 1, Deviation = 0 };
        var page = PageOf(Sweep.Select(point => point with { Result = point.Result! with { Stationarity = halves } }));

        var tables = SectionOf(page, "tables").Descendants(Html + "table").ToList();
        Assert.Equal(["n", "k", "rate_hz (Hz)", "cv_isi"], tables[0].Descendants(Html + "th").Take(4).Select(cell => cell.Value.Trim()));
        Assert.Equal(["100", "20", "20.8 ± 3.2", "0.7 (all 2 equal)"], tables[0].Descendants(Html + "td").Take(4).Select(cell => cell.Value));
        Assert.Equal(3, tables.Count);
        Assert.All(tables, table => Assert.InRange(table.Descendants(Html + "th").Count(), 5, 9));
        Assert.All(page.Descendants(Html + "table"), table => Assert.Equal("scroll", (string?)table.Parent!.Attribute("class")));
    }

    [Fact]
    public void WithManyGroupsFiguresShowSomeAndSaySo()
    {
        var page = PageOf([.. Enumerable.Range(10, 9).Select(k => Plotted.Point(100, k)), .. Enumerable.Range(10, 9).Select(k => Plotted.Point(200, k))]);

        var figure = page.Descendants(Html + "figure").First();
        Assert.EndsWith("6 of 9 groups.", figure.Element(Html + "figcaption")!.Value, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string> { "k = 10", "k = 18" }, figure.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToHashSet());
    }

    [Fact]
    public void NothingButSeedsIsNoScaling() =>
        Assert.Contains("there is no scaling to plot", PageOf(Sweep[..2]).Value, StringComparison.Ordinal);

    [Fact]
    public void AnEmptyStoreIsNothingToReport()
    {
        using var store = new TemporaryStore().With();

        Assert.Contains(
            "the store holds no points", Assert.Throws<NothingToPlotException>(() => Report.Write(store.Folder, TextWriter.Null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamageIsToldInThePageAndToTheCaller()
    {
        using var store = new TemporaryStore().With(Sweep);
        var bytes = File.ReadAllBytes(store.Results(1));
        bytes[bytes.Length / 2] ^= 0xff;
        File.WriteAllBytes(store.Results(1), bytes);
        using var writer = new StringWriter();

        var damage = Report.Write(store.Folder, writer);

        Assert.NotEmpty(damage);
        Assert.Contains(damage[0].Message, XDocument.Parse(writer.ToString()).Root!.Value, StringComparison.Ordinal);
    }

    private static PointRecord Divergent() =>
        Sweep[0] with { Status = PointStatus.Divergent, Result = Sweep[0].Result! with { Digest = 77 } };

    private static XElement PageOf(IEnumerable<PointRecord> records, StoreIdentity? identity = null)
    {
        using var files = new TemporaryStore();
        using (var store = ResultStore.Open(files.Folder, identity ?? TemporaryStore.Identity))
        {
            foreach (var record in records)
            {
                store.Append(record);
            }
        }

        using var writer = new StringWriter(new StringBuilder());
        Assert.Empty(Report.Write(files.Folder, writer));
        return XDocument.Parse(writer.ToString(), LoadOptions.PreserveWhitespace).Root!;
    }

    private static XElement SectionOf(XElement page, string id) =>
        page.Descendants(Html + "section").First(section => (string?)section.Attribute("id") == id);
}
