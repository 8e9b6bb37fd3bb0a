using SparseProp.Cluster.Membership;
using SparseProp.Execution;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Manifests;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// The sweeps of a store root, which coordinators share: whoever holds its lock coordinates. For use by any thread.
/// </summary>
/// <param name="folder">The root.</param>
/// <param name="provenance">By what results are made.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class StoredSweeps(string folder, RunProvenance provenance, TimeProvider clock) : ISweepCatalogue, IMemberMemory, IDisposable
{
    // A claim that was only tried out is given back: another coordinator of this side may be the one to work.
    private static readonly TimeSpan MostIdleClaim = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SweepRun> _open = [];
    private StoreRoot? _root;
    private ITimer? _idle;
    private bool _inUse;

    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                return _root is { IsLost: false };
            }
        }
    }

    public bool IsCopy
    {
        get
        {
            lock (_lock)
            {
                return _root is { IsCopy: true };
            }
        }
    }

    /// <summary>The folder of a sweep's store; null where there is none.</summary>
    public string? FolderOf(string sweep) =>
        Directory.Exists(Path.Combine(folder, sweep)) ? Path.Combine(folder, sweep) : null;

    public IReadOnlyList<string> Members => StoreRoot.MembersOf(folder);

    public void Remember(IReadOnlyList<string> addresses) => Root().WriteMembers(addresses);

    public bool TryHold()
    {
        lock (_lock)
        {
            if (!TryAcquire(out _))
            {
                return false;
            }

            _idle?.Dispose();
            _idle = clock.CreateTimer(_ => ReleaseUnused(), null, MostIdleClaim, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    public bool TryTake(out long epoch, out string? holder)
    {
        lock (_lock)
        {
            _inUse = TryAcquire(out holder);
            epoch = _root?.Epoch ?? 0;
            return _inUse;
        }
    }

    public IReadOnlyList<OpenedSweep> OpenUnfinished()
    {
        var root = Root();
        return [.. root.Sweeps.Select(name => OpenStored(root, name)).OfType<OpenedSweep>()];
    }

    public SweepRun Open(SweepSpec spec, SweepSettings settings)
    {
        var root = Root();
        var plan = new SweepPlan(spec);
        if (PlanSize.Refusal(plan.Count) is { } tooLarge)
        {
            throw new StoreException(tooLarge);
        }

        var store = root.Open(StoredSpec.IdentityOf(plan, provenance));
        try
        {
            root.WriteSettings(spec.Name, settings);
            var recorded = RecordedPoints.In(plan, store, settings.RetryFailed);
            var checkpoints = root.CheckpointsOf(spec.Name);
            var run = new SweepRun(spec, plan, store, recorded, SilentListener.Instance)
            {
                Checkpoints = checkpoints,
                CheckpointsFound = FoundCheckpoints.In(plan, recorded, checkpoints),
            };
            lock (_lock)
            {
                if (_root != root)
                {
                    throw new StoreException($"The stores in {folder} were released while {spec.Name} was being opened.");
                }

                _open.Add(spec.Name, run);
            }

            return run;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Remember(string sweep, SweepSettings settings) => Root().WriteSettings(sweep, settings);

    public IReadOnlyList<StoredSweep> Stored()
    {
        var root = Root();
        var stored = new List<StoredSweep>();
        foreach (var name in root.Sweeps)
        {
            try
            {
                if (ManifestOf(root, name) is var manifest && root.ReadSettings(name) is { } settings)
                {
                    if (settings.State == SweepState.Finished)
                    {
                        stored.Add(new StoredSweep(name, manifest.SpecHash, manifest.PointCount, settings));
                    }
                }
                else
                {
                    stored.Add(Look(name));
                }
            }
            catch (StoreException)
            {
                // It is not known to be over: what it is, is said by whoever tries to open it.
            }
        }

        return stored;
    }

    public IReadOnlyList<string> Names() => Root().Sweeps;

    public bool Holds(string sweep) => Root().Holds(sweep);

    public StoredSweep Look(string sweep)
    {
        try
        {
            var root = Root();
            var manifest = ManifestOf(root, sweep);
            if (root.ReadSettings(sweep) is { State: SweepState.Finished } settings)
            {
                return new StoredSweep(sweep, manifest.SpecHash, manifest.PointCount, settings);
            }

            var contents = StoreContents.Of(Path.Combine(folder, sweep));
            var isWhole = contents.Damaged == 0 && contents.Points >= manifest.PointCount && SpecIn(manifest).Until is null;
            return new StoredSweep(sweep, manifest.SpecHash, manifest.PointCount, new SweepSettings
            {
                State = isWhole ? SweepState.Finished : SweepState.Cancelled,
                Priority = 0,
                RetryFailed = false,
                SubmittedUtc = manifest.CreatedUtc,
                Failed = contents.Failed,
                Divergent = contents.Divergent,
            })
            {
                Recorded = Math.Min(contents.Points, manifest.PointCount),
            };
        }
        catch (Exception problem)
        {
            return new StoredSweep(sweep, "", 0, null) { Problem = ReasonOf(problem) };
        }
    }

    public SweepSpec? SpecOf(string sweep) => Root().ReadManifest(sweep) is { } manifest ? SpecIn(manifest) : null;

    public void Close(SweepRun run)
    {
        lock (_lock)
        {
            _open.Remove(run.Spec.Name);
        }

        run.Store.Dispose();
    }

    public void Delete(string sweep) => Root().Delete(sweep);

    public (long Before, long After) Compact(string sweep)
    {
        var root = Root();
        var manifest = root.ReadManifest(sweep) ?? throw new StoreException($"There is no store of {sweep}.");
        using var store = root.Open(StoreIdentity.Of(Path.Combine(folder, sweep), manifest, provenance));
        return store.Compact();
    }

    public void Release()
    {
        lock (_lock)
        {
            _inUse = false;
            _idle?.Dispose();
            _idle = null;
            foreach (var run in _open.Values)
            {
                run.Store.Dispose();
            }

            _open.Clear();
            _root?.Dispose();
            _root = null;
        }
    }

    public void Dispose() => Release();

    private void ReleaseUnused()
    {
        lock (_lock)
        {
            if (!_inUse)
            {
                Release();
            }
        }
    }

    private bool TryAcquire(out string? holder)
    {
        if (_root is null)
        {
            return StoreRoot.TryAcquire(folder, clock, out _root, out holder);
        }

        // What is lost stays so until it is released: its stores are still open.
        holder = _root.IsLost ? "another coordinator, which has taken them from this one" : null;
        return holder is null;
    }

    private StoreRoot Root()
    {
        lock (_lock)
        {
            return _root ?? throw new StoreException($"The stores in {folder} are not held by this coordinator any more.");
        }
    }

    private OpenedSweep? OpenStored(StoreRoot root, string name)
    {
        try
        {
            var manifest = ManifestOf(root, name);
            return root.ReadSettings(name) is { State: not SweepState.Finished } settings
                ? new OpenedSweep(name, Open(SpecIn(manifest), settings), settings, null)
                : null;
        }
        catch (Exception problem)
        {
            // Whatever is wrong with one sweep, it keeps no other from going on.
            return new OpenedSweep(name, null, null, ReasonOf(problem));
        }
    }

    private Manifest ManifestOf(StoreRoot root, string sweep)
    {
        var manifest = root.ReadManifest(sweep)
            ?? throw new StoreException(
                $"{Path.Combine(folder, sweep)} has results but no manifest: restore the manifest from a copy, or delete the sweep");
        return manifest.Sweep == sweep
            ? manifest
            : throw new StoreException(
                $"{Path.Combine(folder, sweep)} holds the results of the sweep '{manifest.Sweep}': rename the folder to that, or delete it");
    }

    private static string ReasonOf(Exception problem) =>
        problem is OutOfMemoryException ? "this coordinator has too little memory to open it" : problem.Message;

    private SweepSpec SpecIn(Manifest manifest) => StoredSpec.Of(Path.Combine(folder, manifest.Sweep), manifest);

    private sealed class SilentListener : ISweepListener
    {
        public static readonly SilentListener Instance = new();

        public void OnProgress(SweepProgress progress)
        {
            // Whoever wants to know asks the coordinator.
        }

        public void OnNotice(SweepNotice notice)
        {
            // The coordinator logs and keeps it.
        }

        public void OnFinished()
        {
            // The coordinator notes it in the store.
        }

        public void OnBroken(Exception cause)
        {
            // The coordinator shows it as the sweep's problem.
        }
    }
}
