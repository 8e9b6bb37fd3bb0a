using System.Diagnostics.CodeAnalysis;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;

namespace SparseProp.Results.Root;

/// <summary>
/// A coordinator's folder: one result store per sweep, in a folder of the sweep's name. Of several coordinators that share the
/// folder one holds it, and the others wait. Other folders and files in it are left alone. For use by one thread at a time.
/// </summary>
public sealed class StoreRoot : IDisposable
{
    private readonly StoreLock _lock;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, CheckpointFolder> _checkpoints = [];
    private readonly string _lockIdentity;
    private bool _disposed;

    private StoreRoot(string folder, StoreLock @lock, TimeProvider time, RootState state, bool isCopy)
    {
        Folder = folder;
        _lock = @lock;
        _time = time;
        Epoch = state.Epoch;
        Members = state.Members;
        IsCopy = isCopy;
        _lockIdentity = state.Lock;
    }

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Number of this acquisition, from 1: of two coordinators the one with the larger number counts.</summary>
    public long Epoch { get; }

    /// <summary>
    /// Whether the folder is a copy of one that a coordinator held, or was moved to another file system: its lock is another one. The
    /// members that the copy knows are not this folder's, and are forgotten.
    /// </summary>
    public bool IsCopy { get; }

    /// <summary>Addresses of the cluster's members, as they were last written by this or an earlier coordinator.</summary>
    public IReadOnlyList<string> Members { get; private set; }

    /// <summary>
    /// Whether another coordinator has taken the folder nevertheless, as it may where the file system has no locks. Then this one only
    /// closes what it has opened. False where that cannot be read.
    /// </summary>
    public bool IsLost
    {
        get
        {
            try
            {
                return RootStateFile.Read(Folder) is { } state && state.Epoch != Epoch;
            }
            catch (StoreException)
            {
                return false;
            }
        }
    }

    /// <summary>Names of the sweeps that have a store, also one that cannot be opened, in ordinal order.</summary>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Sweeps
    {
        get
        {
            try
            {
                return SweepFolder.NamesIn(Folder);
            }
            catch (Exception e) when (StoreException.IsFileSystem(e))
            {
                throw new StoreException($"The folder of stores {Folder} cannot be read: {e.Message}", e);
            }
        }
    }

    /// <summary>Whether a sweep of this name is among <see cref="Sweeps"/>.</summary>
    /// <exception cref="StoreException">The name is none.</exception>
    public bool Holds(string sweep) => SweepFolder.HoldsSweep(PathOf(sweep));

    /// <summary>Takes the folder, and makes it where there is none; raises its epoch.</summary>
    /// <exception cref="StoreLockedException">Another coordinator has it; the message says which.</exception>
    /// <exception cref="StoreException">It is itself a store, not writable, or its file of coordinators is damaged.</exception>
    public static StoreRoot Acquire(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        time ??= TimeProvider.System;
        folder = Path.GetFullPath(folder);
        Prepare(folder);
        var @lock = StoreLock.Acquire(folder, StoreLock.OfRoot, time);
        try
        {
            var state = BeginEpoch(folder, out var isCopy);
            return new StoreRoot(folder, @lock, time, state, isCopy);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Takes the folder if no other coordinator has it: what one that stands by does time and again.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">Tells since when it is held.</param>
    /// <param name="root">The folder, where it was taken.</param>
    /// <param name="owner">Who has it, in words, where it was not and that could be read.</param>
    /// <exception cref="StoreException">As <see cref="Acquire"/>, except that another has it.</exception>
    public static bool TryAcquire(string folder, TimeProvider time, [NotNullWhen(true)] out StoreRoot? root, out string? owner)
    {
        try
        {
            (root, owner) = (Acquire(folder, time), null);
            return true;
        }
        catch (StoreLockedException e)
        {
            (root, owner) = (null, e.Owner);
            return false;
        }
    }

    /// <summary>The members' addresses in a folder that anybody may hold; empty where there are none.</summary>
    /// <exception cref="StoreException">They cannot be read, are damaged or of a later version.</exception>
    public static IReadOnlyList<string> MembersOf(string folder) => RootStateFile.Read(folder)?.Members ?? [];

    /// <summary>Remembers the members' addresses; when it returns, they survive a power failure.</summary>
    /// <exception cref="StoreException">They cannot be written, or another coordinator has taken the folder.</exception>
    public void WriteMembers(IReadOnlyList<string> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        string[] members = [.. addresses];
        Change(() => RootStateFile.Replace(Folder, new RootState(Epoch, members, _lockIdentity)));
        Members = members;
    }

    /// <summary>Opens the sweep's store for writing, and makes it where there is none.</summary>
    /// <param name="identity">The sweep, whose name is the store's folder.</param>
    /// <param name="options">How it is written; by default with this folder's clock.</param>
    /// <exception cref="StoreException">
    /// The name is none, another coordinator has taken the folder, or as <see cref="ResultStore.Open"/>.
    /// </exception>
    public ResultStore Open(StoreIdentity identity, StoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(identity);
        RequireHeld();
        return ResultStore.Open(PathOf(identity.Sweep), identity, options ?? new StoreOptions { Time = _time });
    }

    /// <summary>The sweep's settings; null where none were written.</summary>
    /// <exception cref="StoreException">The name is none; the file cannot be read, is damaged or of a later version.</exception>
    public SweepSettings? ReadSettings(string sweep) => SweepSettingsFile.Read(PathOf(sweep));

    /// <summary>
    /// Replaces the sweep's settings, also ahead of its store; when it returns, they survive a power failure. The sweep counts among
    /// <see cref="Sweeps"/> once its store was opened.
    /// </summary>
    /// <exception cref="StoreException">
    /// The name is none, they cannot be written, or another coordinator has taken the folder.
    /// </exception>
    public void WriteSettings(string sweep, SweepSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var folder = PathOf(sweep);
        Change(() =>
        {
            NewFolder.Make(folder);
            SweepSettingsFile.Replace(folder, settings);
        });
    }

    /// <summary>What the sweep's store says about itself; null where there is no store.</summary>
    /// <exception cref="StoreException">The name is none; the manifest cannot be read, is damaged or of a later version.</exception>
    public Manifest? ReadManifest(string sweep) => ManifestFile.Read(PathOf(sweep));

    /// <summary>The snapshots of the sweep's running points; always the same object.</summary>
    /// <exception cref="StoreException">
    /// The name is none, they cannot be read, or another coordinator has taken the folder.
    /// </exception>
    public CheckpointFolder CheckpointsOf(string sweep)
    {
        var folder = PathOf(sweep);
        if (!_checkpoints.TryGetValue(sweep, out var checkpoints))
        {
            RequireHeld();
            // Not to be taken for the number of an opening of the store alone.
            checkpoints = new CheckpointFolder(folder, FormattableString.Invariant($"c{Epoch}"));
            _checkpoints.Add(sweep, checkpoints);
        }

        return checkpoints;
    }

    /// <summary>Deletes the sweep's whole folder, results and all; nothing where there is none.</summary>
    /// <exception cref="StoreLockedException">Its store is open.</exception>
    /// <exception cref="StoreException">
    /// The name is none, the folder is no store or cannot be deleted, or another coordinator has taken this folder.
    /// </exception>
    public void Delete(string sweep)
    {
        var folder = PathOf(sweep);
        if (!Directory.Exists(folder))
        {
            return;
        }

        Change(() =>
        {
            if (!SweepFolder.HoldsSweep(folder))
            {
                StoreFolder.RequireStoreOrEmpty(folder);
            }

            var @lock = LockForDeletion(folder);
            if (OperatingSystem.IsWindows())
            {
                // Where no folder with an open file can be moved.
                @lock?.Dispose();
            }

            using (@lock)
            {
                SweepFolder.Delete(Folder, folder);
            }
        });
        _checkpoints.Remove(sweep);
    }

    /// <summary>Lets the next coordinator in. Stores are closed by whoever has opened them, before.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _lock.Dispose();
        }
    }

    private static void Prepare(string folder)
    {
        try
        {
            NewFolder.Make(folder);
            if (File.Exists(ManifestFile.PathIn(folder)) || ResultsFile.All(folder).Count > 0)
            {
                throw new StoreException(
                    $"{folder} is the result store of one sweep; a coordinator needs a folder in which it keeps one store per sweep. "
                    + "Choose the folder above it, or a new one.");
            }
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw StoreFolder.NotWritable(folder, e);
        }
    }

    private static RootState BeginEpoch(string folder, out bool isCopy)
    {
        var previous = RootStateFile.Read(folder);
        try
        {
            var @lock = FileIdentity.Of(Path.Combine(folder, StoreLock.OfRoot.LockName));
            isCopy = previous is { Lock: { Length: > 0 } before } && before != @lock;
            var state = new RootState((previous?.Epoch ?? 0) + 1, isCopy ? [] : previous?.Members ?? [], @lock);
            RootStateFile.Replace(folder, state);
            SweepFolder.DeleteLeftovers(folder);
            return state;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw StoreFolder.NotWritable(folder, e);
        }
    }

    /// <summary>The lock of a store; null where nobody can have it, such as where a folder has its name.</summary>
    private StoreLock? LockForDeletion(string folder)
    {
        try
        {
            return StoreLock.Acquire(folder, StoreLock.OfStore, _time);
        }
        catch (StoreException failure) when (failure is not StoreLockedException)
        {
            return null;
        }
    }

    private string PathOf(string sweep) => SweepFolder.PathIn(Folder, sweep);

    private void Change(Action change)
    {
        RequireHeld();
        try
        {
            change();
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException(
                $"The folder of stores {Folder} cannot be written: {e.Message} Make room on its disk or change its permissions.", e);
        }
    }

    // The lock prevents two coordinators where the file system has locks; some network file systems only pretend to.
    private void RequireHeld()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var epoch = RootStateFile.Read(Folder)?.Epoch
            ?? throw new StoreException($"{RootStateFile.Name} has disappeared from {Folder} while a coordinator held the folder.");
        if (epoch != Epoch)
        {
            throw new StoreException(
                $"The folder of stores {Folder} has been taken by another coordinator (epoch {epoch}, this is epoch {Epoch}): "
                + "its file system seems to have no locks. This coordinator stops.");
        }
    }
}
