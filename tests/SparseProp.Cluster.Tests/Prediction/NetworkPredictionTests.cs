using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Prediction;
using SparseProp.Sweeps;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cluster.Tests.Prediction;

/// <summary>Sweeps over networks of populations, as far as estimates go.</summary>
public sealed class NetworkPredictionTests
{
    private const string Sweep =
        """
        name: t
        network:
          parameters: { n: 1000, w: 0.5 }
          populations: { P: { model: lif, n: n, tau: 20 ms, threshold: 20, reset: 10, refractory: 2 ms } }
          projections: [ { from: P, to: P, in_degree: n/10, weight: -w, delay: 1 ms } ]
          inputs: [ { to: P, poisson: 10 kHz, weight: 0.2 } ]
        grid: { n: [1000, 10000], w: [0.1, 0.5] }
        zip: { seed_ic: 1..3, seed_net: 1..3 }
        stop: { seconds: 10 }
        burn_in: { seconds: 1 }
        """;

    private static readonly SweepPlan Plan = new(SweepFile.Parse(Sweep, "s.yaml", NetworkFiles.None));

    [Fact]
    public void ASweepIsPredicted()
    {
        var one = ClusterSimulation.Run(new SimulatedWorkload(new PlanWorkload(Plan), noise: 0), new(1, 1), new());
        var four = ClusterSimulation.Run(new SimulatedWorkload(new PlanWorkload(Plan), noise: 0), new(2, 2), new());

        Assert.True(one.MakespanSeconds > 1);
        Assert.InRange(one.MakespanSeconds / four.MakespanSeconds, 2, 4.01);
    }

    [Fact]
    public void WhatWasMeasuredOfAPointCorrectsItsLike()
    {
        var work = new PlanWorkload(Plan);
        var (small, large) = (work.ClassOf(0), work.ClassOf(6));
        var (before, other) = (work.SecondsOf(small), work.SecondsOf(large));
        Assert.True(other > 5 * before);

        work.Learn(0, 3 * before);

        Assert.Equal(3 * before, work.SecondsOf(small), before * 1e-9);
        Assert.Equal(3 * other, work.SecondsOf(large), other * 1e-9);
    }

    [Fact]
    public void APointIsDescribedByItsAxes() =>
        Assert.Equal("point 4 (n = 1000, w = 0.5, seed_ic = 2, seed_net = 2)", new PlanWorkload(Plan).Describe(4));
}
