using SparseProp.Execution;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Service.Api;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Sources;

/// <summary>Plans of sweeps over networks of one's own, from their stores alone.</summary>
public sealed class StoredPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ThePlanIsReadOnceUntilTheSweepOrAFileOfItChanges()
    {
        Open(NetworkSweep.Spec);
        var plan = SweepTable.PlanOf(_folder);
        Assert.Equal(new SweepPlan(NetworkSweep.Spec).KeyAt(3), plan.KeyAt(3));
        Assert.Same(plan, SweepTable.PlanOf(_folder));

        var changed = NetworkSweep.Texts.ToDictionary(file => file.Key, file => file.Value.Replace(",5\n", ",6\n", StringComparison.Ordinal));
        Open(SweepFile.Parse(NetworkSweep.Text, "tiny.yaml", NetworkSweep.FilesOf(changed)));
        Assert.NotEqual(plan.KeyAt(3), SweepTable.PlanOf(_folder).KeyAt(3));

        Open(SweepFile.Parse($"# another\n{NetworkSweep.Text}", "tiny.yaml", NetworkSweep.Files));
        Assert.StartsWith("# another", SweepTable.PlanOf(_folder).Spec.Text, StringComparison.Ordinal);
    }

    private void Open(SweepSpec spec)
    {
        var by = RunProvenance.Capture("", typeof(StoredPlanTests).Assembly, new Dictionary<string, string>());
        ResultStore.Open(_folder, StoredSpec.IdentityOf(new SweepPlan(spec), by)).Dispose();
    }
}
