using SparseProp.Engine;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>A real store, by default of four points, two seeds each of two sizes; its last point is failed.</summary>
internal sealed class SmallStore : IDisposable
{
    public const string Text = """
        name: small
        model: lif
        grid: { n: [100, 200] }
        zip: { seed_ic: 1..2, seed_net: 1..2 }
        fixed: { k: 10, j0: 1 }
        stop: { spikes_per_neuron: 20 }
        """;

    public SmallStore(string text = Text)
    {
        var spec = SweepFile.Parse(text, "small.yaml");
        var plan = new SweepPlan(spec);
        using var store = ResultStore.Open(Folder, new StoreIdentity
        {
            Sweep = spec.Name,
            SpecText = spec.Text,
            SpecHash = spec.Hash.ToString(),
            PointCount = plan.Count,
            Provenance = RunProvenance.Capture("", typeof(SmallStore).Assembly, new Dictionary<string, string>()),
        });
        for (var index = 0L; index < plan.Count - 1; index++)
        {
            store.Append(RecordOf(index, plan[index]));
        }

        var failure = new PointFailure { Kind = "fault", Message = "broken", Attempts = 3 };
        store.Append(PointRecord.Failed(plan.Count - 1, plan[plan.Count - 1], failure, DateTimeOffset.UnixEpoch));
        store.Flush();
    }

    public string Folder { get; } = Path.Combine(Directory.CreateTempSubdirectory("sparseprop-").FullName, "small");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    private static PointRecord RecordOf(long index, SimulationParameters parameters)
    {
        using var simulation = new Simulation(parameters, new SimulationOptions());
        var cost = new PointCost
        {
            WallSeconds = 1,
            CpuSeconds = 1,
            SetupSeconds = 0,
            Host = "here",
            Contended = false,
            BusySlots = 1,
        };
        return PointRecord.Ok(index, parameters, simulation.Measure(TestContext.Current.CancellationToken), cost, DateTimeOffset.UnixEpoch);
    }
}
