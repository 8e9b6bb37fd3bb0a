using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>A store of points that were recorded in the order told.</summary>
internal sealed class FilledStore : IDisposable
{
    public const string Text = """
        name: filled
        model: lif
        grid: { seed_ic: 1..40 }
        fixed: { n: 100, k: 10 }
        stop: { spikes: 100 }
        """;

    /// <param name="order">Indices of the points.</param>
    /// <param name="fails">Which of them are recorded as failed.</param>
    /// <param name="diverges">Which of them have two second results that contradict the first.</param>
    public FilledStore(IEnumerable<int> order, Func<int, bool> fails, Func<int, bool> diverges)
    {
        var spec = SweepFile.Parse(Text, "filled.yaml");
        var plan = new SweepPlan(spec);
        using var store = ResultStore.Open(Folder, new StoreIdentity
        {
            Sweep = spec.Name,
            SpecText = spec.Text,
            SpecHash = spec.Hash.ToString(),
            PointCount = plan.Count,
            Provenance = RunProvenance.Capture("", typeof(FilledStore).Assembly, new Dictionary<string, string>()),
        });
        foreach (var index in order)
        {
            if (fails(index))
            {
                store.Record(Points.Failed(index, plan[index], attempts: 3));
                continue;
            }

            store.Record(Points.Ok(index, plan[index], digest: 1));
            if (diverges(index))
            {
                store.Record(Points.Ok(index, plan[index], digest: 2));
                store.Record(Points.Ok(index, plan[index], digest: 2));
            }
        }
    }

    public string Folder { get; } = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"filled-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
