using SparseProp.Engine;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Checks;

/// <summary>Holds a sweep's results against what its file expects.</summary>
public static class ExpectationCheck
{
    /// <summary>
    /// One outcome for each expectation and group of replicates that it selects, in the order of the file; one that is not met for an
    /// expectation of which nothing is recorded. Reads the store once where anything is expected.
    /// </summary>
    /// <param name="plan">The sweep's points.</param>
    /// <param name="folder">Folder of its store.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static IReadOnlyList<ExpectationOutcome> Of(SweepPlan plan, string folder)
    {
        var expectations = plan.Spec.Expectations;
        if (expectations.Count == 0)
        {
            return [];
        }

        var groups = expectations.Select(_ => new Dictionary<SimulationParameters, Group>()).ToArray();
        foreach (var record in StoreReader.Read(folder).Where(record => plan.TryIndexOf(record.Parameters, record.Key, out _)))
        {
            for (var i = 0; i < expectations.Count; i++)
            {
                if (expectations[i].Selects(record.Parameters))
                {
                    GroupOf(groups[i], record.Parameters).Add(record.Result is { } result ? expectations[i].Statistic.Value(record.Parameters, result) : null);
                }
            }
        }

        return [.. expectations.SelectMany((expectation, i) => Outcomes(plan, expectation, groups[i]))];
    }

    private static Group GroupOf(Dictionary<SimulationParameters, Group> groups, SimulationParameters parameters)
    {
        var point = SimulationParameter.All.Where(parameter => parameter.IsSeed && parameter.IsOf(parameters))
            .Aggregate(parameters, (without, seed) => seed.Set(without, seed.Default));
        if (!groups.TryGetValue(point, out var group))
        {
            groups.Add(point, group = new Group());
        }

        return group;
    }

    private static IEnumerable<ExpectationOutcome> Outcomes(
        SweepPlan plan, Expectation expectation, Dictionary<SimulationParameters, Group> groups)
    {
        if (groups.Count == 0)
        {
            return [new ExpectationOutcome(expectation.ToString(), "", N: 0, BandVerdict.NotMet)];
        }

        return groups.Select(group => Outcome(expectation, PointName.Of(plan, group.Key), group.Value.Estimate));
    }

    private static ExpectationOutcome Outcome(Expectation expectation, string point, Estimate estimate)
    {
        var verdict = BandVerdict.Of(estimate, expectation.Min, expectation.Max);
        return new ExpectationOutcome(
            expectation.ToString(),
            point,
            estimate.Count,
            verdict.Name,
            estimate.Count > 0 ? estimate.Mean : null,
            estimate.Count > 1 ? estimate.StandardError : null,
            estimate.Count > 1 ? (estimate.AreEqual ? 0 : estimate.HalfWidth) : null,
            verdict.SeedsNeeded);
    }

    private sealed class Group
    {
        private readonly EstimateBuilder _values = new();

        public Estimate Estimate => _values.Build();

        public void Add(double? value)
        {
            if (value is { } number && double.IsFinite(number))
            {
                _values.Add(number);
            }
        }
    }
}
