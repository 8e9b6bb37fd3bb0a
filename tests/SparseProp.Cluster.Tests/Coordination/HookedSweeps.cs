using SparseProp.Cluster.Coordination;
using SparseProp.Results.Root;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A real catalogue that lets the test act, on the coordinator's thread, before a sweep's state is noted.</summary>
internal sealed class HookedSweeps(ISweepCatalogue sweeps) : ISweepCatalogue
{
    public Action<SweepSettings>? Remembering { get; set; }

    public bool TryTake(out long epoch, out string? holder) => sweeps.TryTake(out epoch, out holder);

    public IReadOnlyList<OpenedSweep> OpenUnfinished() => sweeps.OpenUnfinished();

    public SweepRun Open(SweepSpec spec, SweepSettings settings) => sweeps.Open(spec, settings);

    public void Remember(string sweep, SweepSettings settings)
    {
        Remembering?.Invoke(settings);
        sweeps.Remember(sweep, settings);
    }

    public IReadOnlyList<StoredSweep> Stored() => sweeps.Stored();

    public IReadOnlyList<string> Names() => sweeps.Names();

    public bool Holds(string sweep) => sweeps.Holds(sweep);

    public StoredSweep Look(string sweep) => sweeps.Look(sweep);

    public SweepSpec? SpecOf(string sweep) => sweeps.SpecOf(sweep);

    public void Close(SweepRun run) => sweeps.Close(run);

    public void Delete(string sweep) => sweeps.Delete(sweep);

    public (long Before, long After) Compact(string sweep) => sweeps.Compact(sweep);

    public void Release() => sweeps.Release();
}
