using SparseProp.Engine;
using SparseProp.Results;
using SparseProp.Results.Tables;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Checks;

/// <summary>Holds a sweep's results against what its file expects.</summary>
public static class ExpectationCheck
{
    /// <summary>
    /// One outcome for each expectation and group of replicates that it selects, in the order of the file; one that is not met for an
    /// expectation that selects nothing. Reads the store once where anything is expected.
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
        foreach (var record in StoreReader.Read(folder).Where(record => plan.TryIndexOf(record.Parameters, out _)))
        {
            for (var i = 0; i < expectations.Count; i++)
            {
                if (expectations[i].Selects(record.Parameters))
                {
                    GroupOf(groups[i], record.Parameters).Add(record.Result is { } result ? expectations[i].Statistic.Value(result) : null);
                }
            }
        }

        return [.. expectations.SelectMany((expectation, i) => Outcomes(plan, expectation, groups[i]))];
    }

    private static Group GroupOf(Dictionary<SimulationParameters, Group> groups, SimulationParameters parameters)
    {
        var training = parameters.Training is { } trained ? trained with { SeedData = 0 } : null;
        var point = parameters with { SeedIc = 0, SeedNet = 0, Training = training };
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
            return [new ExpectationOutcome(expectation.ToString(), "", N: 0, Met: false)];
        }

        return groups.Select(group =>
        {
            var estimate = group.Value.Estimate;
            return new ExpectationOutcome(
                expectation.ToString(),
                Describe(plan, group.Key),
                estimate.Count,
                estimate.Count > 0 && estimate.Mean >= expectation.Min && estimate.Mean <= expectation.Max,
                estimate.Count > 0 ? estimate.Mean : null,
                estimate.Count > 1 ? estimate.StandardError : null);
        });
    }

    private static string Describe(SweepPlan plan, SimulationParameters point)
    {
        var axes = plan.Axes.Where(axis => !axis.IsReplicate).Select(axis => axis.Name).ToHashSet();
        var columns = GroupColumn.All.Where(column => axes.Contains(column.Name) || column.Name is "n" or "k" or "j0");
        return string.Join(", ", columns.Select(column => $"{column.Name} = {column.Value(point)}"));
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
