using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>The catalogue of a coordinator that runs one sweep and ends with it. Its store is the caller's to close.</summary>
internal sealed class SingleSweep(SweepRun run, TimeProvider clock) : ISweepCatalogue
{
    public bool TryTake(out long epoch, out string? holder)
    {
        (epoch, holder) = (run.Store.Epoch, null);
        return true;
    }

    public IReadOnlyList<OpenedSweep> OpenUnfinished()
    {
        var settings = new SweepSettings
        {
            State = SweepState.Running,
            Priority = run.Spec.Priority,
            FilePriority = run.Spec.Priority,
            RetryFailed = false,
            SubmittedUtc = clock.GetUtcNow(),
        };
        return [new OpenedSweep(run.Spec.Name, run, settings, null)];
    }

    public SweepRun Open(SweepSpec spec, SweepSettings settings) =>
        throw new StoreException("this coordinator runs one sweep and takes no other");

    public void Remember(string sweep, SweepSettings settings)
    {
        // Its state is its store's: whoever runs it again goes on.
    }

    public IReadOnlyList<StoredSweep> Stored() => [];

    public IReadOnlyList<string> Names() => [run.Spec.Name];

    public bool Holds(string sweep) => sweep == run.Spec.Name;

    public StoredSweep Look(string sweep) => throw new StoreException("this coordinator runs one sweep and finds no other");

    public SweepSpec? SpecOf(string sweep) => null;

    public void Close(SweepRun closed)
    {
        // The caller's.
    }

    public void Delete(string sweep) => throw new StoreException("this coordinator runs one sweep and deletes none");

    public (long Before, long After) Compact(string sweep) =>
        throw new StoreException("this coordinator runs one sweep and compacts none");

    public void Release()
    {
        // The caller's.
    }
}
