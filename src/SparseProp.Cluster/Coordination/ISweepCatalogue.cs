using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>The sweeps of a coordinator and their stores. Held by one coordinator at a time.</summary>
internal interface ISweepCatalogue
{
    /// <summary>Takes the stores for this coordinator, or keeps them.</summary>
    /// <param name="epoch">Counts the coordinators that held them, from 1.</param>
    /// <param name="holder">Who else has them, where the answer is no.</param>
    /// <exception cref="StoreException">They cannot be had, by anybody.</exception>
    bool TryTake(out long epoch, out string? holder);

    /// <summary>Opens the sweeps that are not over. Takes as long as it takes to read their stores.</summary>
    IReadOnlyList<OpenedSweep> OpenUnfinished();

    /// <summary>Opens a new sweep, or one whose file or state has changed. Takes as long as it takes to read its store.</summary>
    /// <exception cref="StoreException">Its store cannot be opened, or it has too many points.</exception>
    SweepRun Open(SweepSpec spec, SweepSettings settings);

    /// <summary>Notes a sweep's state for the next coordinator; durable when it returns.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    void Remember(string sweep, SweepSettings settings);

    /// <summary>Sweeps that are over, and those whose stores were put into the folder.</summary>
    IReadOnlyList<StoredSweep> Stored();

    /// <summary>Names of all sweeps there are, also of those that cannot be opened.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    IReadOnlyList<string> Names();

    /// <summary>Whether there is a sweep of this name, also one that cannot be opened.</summary>
    bool Holds(string sweep);

    /// <summary>
    /// Looks at a sweep that was put into the folder, which may still be on its way there, and changes nothing. Takes as long as it takes
    /// to read its store.
    /// </summary>
    StoredSweep Look(string sweep);

    /// <summary>What the file of a stored sweep says; null where there is none.</summary>
    SweepSpec? SpecOf(string sweep);

    /// <summary>Closes a sweep's store.</summary>
    /// <exception cref="StoreException">Its last records cannot be written.</exception>
    void Close(SweepRun run);

    /// <summary>Removes a sweep that is closed, with its results.</summary>
    /// <exception cref="StoreException">It cannot be removed.</exception>
    void Delete(string sweep);

    /// <summary>Rewrites the store of a sweep that is closed, without repeated and superseded records. Takes as long as it takes to read it.</summary>
    /// <returns>Bytes of results before and after.</returns>
    /// <exception cref="StoreException">It cannot be rewritten, or holds damage.</exception>
    (long Before, long After) Compact(string sweep);

    /// <summary>Lets another coordinator have the stores, once all are closed.</summary>
    void Release();
}

/// <summary>A sweep found in the catalogue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">The open sweep; null where it cannot be opened.</param>
/// <param name="Settings">Its state when it was last noted.</param>
/// <param name="Problem">Why it cannot be opened.</param>
internal sealed record OpenedSweep(string Name, SweepRun? Run, SweepSettings? Settings, string? Problem);

/// <summary>A sweep that does not run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SpecHash">Hash of what its file says, in hexadecimal digits.</param>
/// <param name="Points">Points of its plan.</param>
/// <param name="Settings">Its state when it was last noted; null where that cannot be read.</param>
internal sealed record StoredSweep(string Name, string SpecHash, long Points, SweepSettings? Settings)
{
    /// <summary>Points in the store, of one that was put into the folder; null where its settings tell.</summary>
    public long? Recorded { get; init; }

    /// <summary>Why it cannot be opened; null where it can, as far as is known.</summary>
    public string? Problem { get; init; }
}
