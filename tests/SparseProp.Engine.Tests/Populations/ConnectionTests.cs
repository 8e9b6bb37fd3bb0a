using CsCheck;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Connections;
using SparseProp.Engine.Populations.Draws;

namespace SparseProp.Engine.Tests.Populations;

public sealed unsafe class ConnectionTests
{
    private static readonly Projection Plain = new()
    {
        Name = "p",
        From = new("A"),
        To = new("A"),
        Rule = ConnectionRule.InDegree,
        Weight = Quantity.Of(1),
        Delay = Quantity.Of(1e-3),
    };

    [Fact]
    public void RulesGiveWhatTheySay() => Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Double.Unit, Gen.Long).Sample(
        (sources, targets, isSame, autapses, multapses, share, seed) =>
        {
            targets = isSame ? sources : targets;
            var plain = Plain with { To = new(isSame ? "A" : "B"), Autapses = autapses, Multapses = multapses };
            var isExcluded = isSame && !autapses;
            var degree = (int)(share * (sources - (isExcluded ? 1 : 0)));
            var into = Pairs(plain with { Amount = degree }, sources, targets, seed);
            Assert.Equal(Enumerable.Repeat(degree, targets), Enumerable.Range(0, targets).Select(t => into.Count(pair => pair.Target == t)));
            Check(into, isExcluded, multapses);

            degree = (int)(share * (targets - (isExcluded ? 1 : 0)));
            var outOf = Pairs(plain with { Rule = ConnectionRule.OutDegree, Amount = degree }, sources, targets, seed);
            Assert.Equal(Enumerable.Repeat(degree, sources), Enumerable.Range(0, sources).Select(s => outOf.Count(pair => pair.Source == s)));
            Check(outOf, isExcluded, multapses);

            var all = (sources * targets) - (isExcluded ? sources : 0);
            var total = Pairs(plain with { Rule = ConnectionRule.Synapses, Amount = (int)(share * all) }, sources, targets, seed);
            Assert.Equal((int)(share * all), total.Count);
            Check(total, isExcluded, multapses);
            Assert.Equal(all, Pairs(plain with { Rule = ConnectionRule.AllToAll }, sources, targets, seed).Count);
            Assert.Equal(all, Pairs(plain with { Rule = ConnectionRule.Probability, Amount = 1 }, sources, targets, seed).Count);
            Assert.Empty(Pairs(plain with { Rule = ConnectionRule.Probability, Amount = 0 }, sources, targets, seed));
            Check(Pairs(plain with { Rule = ConnectionRule.Probability, Amount = share }, sources, targets, seed), isExcluded, false);
        });

    [Theory]
    [InlineData(ConnectionRule.InDegree, 20)]
    [InlineData(ConnectionRule.OutDegree, 20)]
    [InlineData(ConnectionRule.Probability, 0.2)]
    [InlineData(ConnectionRule.Synapses, 2000)]
    public void PairsAreUniform(ConnectionRule rule, double amount)
    {
        const int n = 100;
        const int networks = 400;
        var counts = new int[n * n];
        for (var seed = 0; seed < networks; seed++)
        {
            foreach (var (source, target) in Pairs(Plain with { Rule = rule, Amount = amount, Autapses = true }, n, n, seed))
            {
                counts[(source * n) + target]++;
            }
        }

        // Each is binomial with probability 0.2, but that rows or columns have their sums: χ² of 10⁴ terms, 6 standard deviations.
        var square = counts.Sum(count => (count - (0.2 * networks)) * (count - (0.2 * networks)) / (networks * 0.2 * 0.8));
        Assert.Equal(n * n, square, 6 * Math.Sqrt(2.0 * n * n));
        Assert.Equal(0.2 * networks * n * n, counts.Sum(), 6 * Math.Sqrt(networks * n * n * 0.16));
    }

    [Fact]
    public void DistributionsHaveTheirMoments()
    {
        Check(new(QuantityKind.Normal, 3, 0.5), 3, 0.5);
        Check(new(QuantityKind.Lognormal, 1.5, 0.8), 1.5, 0.8);
        Check(new(QuantityKind.Uniform, 1, 4), 2.5, 3 / Math.Sqrt(12));

        // Redrawn, not clipped: the positive half of a normal.
        Check(new(QuantityKind.Normal, 0, 1) { Min = 0 }, Math.Sqrt(2 / Math.PI), Math.Sqrt(1 - (2 / Math.PI)));

        static void Check(Quantity quantity, double mean, double deviation)
        {
            var (draw, count) = (new QuantityDraw(quantity), 200_000);
            var words = RandomWords.Of(17, 3);
            var values = Enumerable.Range(0, count).Select(_ => draw.Next(0, ref words)).ToArray();
            Assert.Equal(mean, values.Average(), 5 * deviation / Math.Sqrt(count));
            Assert.Equal(deviation, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), 0.02 * deviation);
        }
    }

    [Fact]
    public void SilencingTakesRowsAndChangesNoOther()
    {
        var projection = Plain with { Amount = 5, Weight = new(QuantityKind.Normal, 1, 1), Delay = new(QuantityKind.Uniform, 1e-3, 2e-3) };
        var silenced = new bool[20];
        silenced[3] = silenced[7] = true;
        using var whole = new SynapseRows(projection, 20, 20, null, 5);
        using var part = new SynapseRows(projection, 20, 20, silenced, 5);
        for (var source = 0; source < 20; source++)
        {
            var row = (int)(whole.End(source) - whole.Begin(source));
            Assert.Equal(silenced[source] ? 0 : row, part.End(source) - part.Begin(source));
            for (var i = 0; i < row && !silenced[source]; i++)
            {
                var (a, b) = (whole.Begin(source) + i, part.Begin(source) + i);
                Assert.Equal((whole.Targets[a], whole.Weights[a], whole.Delays[a]), (part.Targets[b], part.Weights[b], part.Delays[b]));
            }
        }
    }

    [Fact]
    public void LargerFractionsContainSmallerOnes()
    {
        var small = Selections.NeuronsOf(new("E") { Fraction = 0.1 }, 1000, 4);
        var large = Selections.NeuronsOf(new("E") { Fraction = 0.3 }, 1000, 4);

        Assert.Equal((100, 300), (small.Length, large.Length));
        Assert.Subset(large.ToHashSet(), small.ToHashSet());
        Assert.NotEqual(small, Selections.NeuronsOf(new("E") { Fraction = 0.1 }, 1000, 5));
        Assert.NotEqual(small, Selections.NeuronsOf(new("I") { Fraction = 0.1 }, 1000, 4));
    }

    private static void Check(List<(int Source, int Target)> pairs, bool isExcluded, bool multapses)
    {
        Assert.True(!isExcluded || pairs.All(pair => pair.Source != pair.Target));
        Assert.True(multapses || pairs.Distinct().Count() == pairs.Count);
    }

    private static List<(int Source, int Target)> Pairs(Projection projection, int sources, int targets, long seed)
    {
        using var rows = new SynapseRows(projection, sources, targets, null, seed);
        var pairs = new List<(int, int)>();
        for (var source = 0; source < sources; source++)
        {
            for (var i = rows.Begin(source); i < rows.End(source); i++)
            {
                pairs.Add((source, rows.Targets[i]));
            }
        }

        return pairs;
    }
}
