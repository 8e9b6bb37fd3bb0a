using System.Diagnostics;
using CsCheck;

namespace SparseProp.Sweeps.Tests;

public sealed class CostClassesTests
{
    // Not a measurement: going through the points would take minutes, and a busy machine may be ten times slower.
    // What goes through everything, or through all pairs, takes hours; a busy machine takes its time for the rest, too.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private static readonly Gen<(string Text, int MostClasses)> Plans =
        Gen.Select(RandomSweep.CostlyFiles, Gen.OneOf(Gen.Const(CostClasses.MostClasses), Gen.Int[1, 30]));

    [Fact]
    public void EveryPointHasOnePlaceInOneClass()
    {
        Plans.Sample(sweep =>
        {
            var plan = Sweeps.Plan(sweep.Text);
            var classes = new CostClasses(plan, sweep.MostClasses);
            Assert.InRange(classes.Count, 1, sweep.MostClasses);

            var seen = new HashSet<long>();
            for (var cls = 0; cls < classes.Count; cls++)
            {
                for (long place = 0; place < classes.SizeOf(cls); place++)
                {
                    var index = classes.IndexOf(cls, place);
                    Assert.InRange(index, 0, plan.Count - 1);
                    Assert.True(seen.Add(index));
                    Assert.Equal(cls, classes.ClassOf(index));
                }
            }

            Assert.Equal(plan.Count, seen.Count);
        });
    }

    [Fact]
    public void PlacesOfAClassFollowThePlan()
    {
        Plans.Sample(sweep =>
        {
            var classes = new CostClasses(Sweeps.Plan(sweep.Text), sweep.MostClasses);
            for (var cls = 0; cls < classes.Count; cls++)
            {
                for (long place = 1; place < classes.SizeOf(cls); place++)
                {
                    Assert.True(classes.IndexOf(cls, place - 1) < classes.IndexOf(cls, place));
                }
            }
        });
    }

    [Fact]
    public void PointsOfAnExactClassHaveOneEstimate()
    {
        Plans.Where(sweep => new CostClasses(Sweeps.Plan(sweep.Text), sweep.MostClasses).IsExact).Sample(sweep =>
        {
            var plan = Sweeps.Plan(sweep.Text);
            var classes = new CostClasses(plan, sweep.MostClasses);
            for (long i = 0; i < plan.Count; i++)
            {
                Assert.Equal(PointEstimate.Of(classes.RepresentativeOf(classes.ClassOf(i))), PointEstimate.Of(plan[i]));
            }
        });
    }

    [Fact]
    public void TheRepresentativeIsInItsClass()
    {
        Plans.Sample(sweep =>
        {
            var plan = Sweeps.Plan(sweep.Text);
            var classes = new CostClasses(plan, sweep.MostClasses);
            for (var cls = 0; cls < classes.Count; cls++)
            {
                Assert.True(plan.TryIndexOf(classes.RepresentativeOf(cls), out var index));
                Assert.Equal(cls, classes.ClassOf(index));
            }
        });
    }

    [Fact]
    public void SizesAndSeedsOfTheExampleMakeAClassForEachNAndK()
    {
        var classes = new CostClasses(Sweeps.Plan(Sweeps.Example));

        Assert.True(classes.IsExact);
        Assert.Equal(
            ["1000 50 12", "1000 100 12", "10000 50 12", "10000 100 12", "100000 50 12", "100000 100 12"],
            Enumerable.Range(0, classes.Count)
                .Select(cls => (Point: classes.RepresentativeOf(cls), Size: classes.SizeOf(cls)))
                .Select(c => $"{c.Point.N} {c.Point.K} {c.Size}"));
    }

    [Theory]
    [InlineData("stop: { spikes: 10 }", "grid: { tau: [0.01, 0.02], seed_ic: 1..9, j0: [0.5, 1, 2], rate: [1, 2] }", 1)]
    [InlineData("stop: { seconds: 1 }", "grid: { tau: [0.01, 0.02], seed_ic: 1..9, j0: [0.5, 1, 2], rate: [1, 2] }", 2)]
    [InlineData("stop: { spikes: 10 }\nburn_in: { seconds: 1 }", "grid: { rate: 1..7 }", 7)]
    [InlineData("stop: { seconds: 1 }", "grid: { j0: { from: -2, to: 2, steps: 5 } }", 3)]
    [InlineData("stop: { spikes: 10 }", "grid: { j0: [-2, 3, -1, 1] }", 2)]
    [InlineData("stop: { spikes: 10 }", "grid: { g: [1, 2], excitatory_fraction: [0, 0.2, 0.4] }", 6)]
    [InlineData("stop: { spikes: 10 }", "zip: { g: [1, 2, 1, 2, 1], seed_ic: 1..5, excitatory_fraction: [0, 0, 0, 0.2, 0] }", 3)]
    public void OnlyWhatChangesTheCostMakesAClass(string lengths, string axes, int count)
    {
        var text = Sweeps.OnePoint.Replace("stop: { spikes: 10 }", lengths, StringComparison.Ordinal) + axes;

        Assert.Equal(count, new CostClasses(Sweeps.Plan(text)).Count);
    }

    [Fact]
    public void ModelsAndOrdersMakeClasses()
    {
        const string Head = "name: t\nstop: { spikes: 10 }\nfixed: { n: 100, k: 10 }\n";

        Assert.Equal(3, new CostClasses(Sweeps.Plan(Head + "grid: { seed_ic: 1..2, model: [lif, qif, eif] }")).Count);
        Assert.Equal(2, new CostClasses(Sweeps.Plan(Head + "model: eif-chebyshev\ngrid: { chebyshev_order: [20, 40] }")).Count);
    }

    [Fact]
    public void ManySizesShareClassesWithTheirNeighbours()
    {
        var plan = Sweeps.Plan(
            "name: t\nstop: { spikes: 10 }\ngrid: { n: 1001..3000, seed_ic: 1..5, k: 1..1000, model: [lif, qif] }");
        var classes = new CostClasses(plan);

        Assert.False(classes.IsExact);
        Assert.InRange(classes.Count, CostClasses.MostClasses / 2, CostClasses.MostClasses);
        for (var cls = 0; cls < classes.Count; cls += 97)
        {
            Assert.InRange(classes.SizeOf(cls), 5 * 11 * 5, 5 * 12 * 6);
            var (first, middle, last) = (plan[classes.IndexOf(cls, 0)], classes.RepresentativeOf(cls), plan[classes.IndexOf(cls, classes.SizeOf(cls) - 1)]);
            Assert.Equal((first.Model, first.Model), (middle.Model, last.Model));
            Assert.InRange(last.N - first.N, 0, 11);
            Assert.InRange(last.K - first.K, 0, 5);
            Assert.InRange((2 * middle.N) - first.N - last.N, -1, 1);
        }
    }

    [Theory]
    [InlineData("seed_net: 1..100000, j0: { from: 0.5, to: 2, steps: 100 }", 10_000_000, 1)]
    [InlineData("seed_net: 1..10000000, j0: { from: 0.5, to: 2, steps: 1000, scale: log }", 10_000_000_000, 1)]
    [InlineData("rate: { from: 0.5, to: 2, steps: 100000, scale: log }, g: { from: 0.5, to: 2, steps: 100000 }", 10_000_000_000, 65536)]
    [InlineData("seed_net: 1..150000, rate: { from: 0.5, to: 2, steps: 65536, scale: log }", 150_000L * 65536, 65536)]
    public void LargePlansAreDividedWithoutGoingThroughThem(string axes, long points, int count)
    {
        var plan = Sweeps.Plan(
            $"{Sweeps.OnePoint.Replace("spikes: 10", "seconds: 10", StringComparison.Ordinal)}grid: {{ {axes} }}");
        Assert.Equal(points, plan.Count);
        var clock = Stopwatch.StartNew();

        var classes = new CostClasses(plan);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        Assert.Equal(count, classes.Count);
        for (var i = 0L; i < points; i += points / 1000)
        {
            var cls = classes.ClassOf(i);
            Assert.InRange(i, classes.IndexOf(cls, 0), classes.IndexOf(cls, classes.SizeOf(cls) - 1));
        }
    }

    [Fact]
    public void FindingPlacesAllocatesNothing()
    {
        var classes = new CostClasses(Sweeps.Plan(Sweeps.OnePoint + "zip: { g: [1, 2, 1], seed_ic: 1..3 }\ngrid: { excitatory_fraction: { from: 0, to: 0.9, steps: 20 }, seed_net: 1..50 }"));
        Assert.Equal(3, classes.ClassOf(classes.IndexOf(3, 7)));
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var sum = 0L;
        for (var i = 0; i < 1000; i++)
        {
            sum += classes.IndexOf(classes.ClassOf(i), 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.True(sum > 0);
    }

    [Fact]
    public void ClassesAndPlacesBeyondTheEndsAreRefused()
    {
        var plan = Sweeps.Plan(Sweeps.Example);
        var classes = new CostClasses(plan);

        Assert.Throws<ArgumentOutOfRangeException>(() => classes.SizeOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => classes.RepresentativeOf(classes.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => classes.IndexOf(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => classes.IndexOf(0, classes.SizeOf(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => classes.ClassOf(plan.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => classes.ClassOf(-1));
    }
}
