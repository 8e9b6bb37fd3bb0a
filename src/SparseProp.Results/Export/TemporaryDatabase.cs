using DuckDB.NET.Data;
using SparseProp.Results.Store;

namespace SparseProp.Results.Export;

/// <summary>
/// A database of DuckDB's in a folder of its own below the temporary one (TMPDIR moves it), gone with this. What does not fit into its
/// memory goes there.
/// </summary>
internal sealed class TemporaryDatabase : IDisposable
{
    // Far more than batches take; what a user's query needs beyond it is on disk.
    private const string UsualMemory = "1GB";

    private readonly string _folder;

    /// <param name="memory">What it may use before it goes to its folder.</param>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public TemporaryDatabase(string memory = UsualMemory)
    {
        try
        {
            _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"No temporary folder can be made: {e.Message} Set TMPDIR to one that can be written.", e);
        }

        try
        {
            Connection = new DuckDBConnection($"Data Source={Path.Combine(_folder, "points.duckdb")}");
            Connection.Open();

            // An extension that is not there is an error, not a download.
            Execute($"set memory_limit = '{memory}'; set autoinstall_known_extensions = false");
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or DuckDBException)
        {
            Dispose();
            throw new StoreException($"DuckDB, which sorts and queries points, cannot be started: {e.Message}", e);
        }
    }

    public DuckDBConnection Connection { get; }

    /// <summary>From now on no statement reaches files beyond the database's own, by whatever words, nor can it change that.</summary>
    public void ShutIn() => Execute("set enable_external_access = false; set lock_configuration = true");

    /// <exception cref="DuckDBException">It fails.</exception>
    public void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Connection?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
