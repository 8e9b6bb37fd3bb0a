using System.Globalization;
using System.Text.Json;
using SparseProp.Results.Comparisons;
using SparseProp.Service.Api;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Palettes;

/// <summary><c>store</c>: where the results are.</summary>
/// <param name="gateway">The way to the coordinator.</param>
/// <param name="stores">Reads stores.</param>
internal sealed class StorePalette(CoordinatorGateway gateway, StoreReaders stores)
{
    private static readonly PaletteArgument Sweep = new("sweep", "The sweep whose store is meant.") { IsMandatory = true, Kind = PaletteValue.Sweep };

    public Palette Create() => new(
        "store",
        "Result stores: where the results are.",
        [
            new("status", "Read a sweep's store and say what it holds, damage included.", [Sweep, PaletteArgument.Json], ShowAsync),
            new("compact", "Rewrite a finished sweep's store without repeated and superseded records.", [Sweep, PaletteArgument.Json], CompactAsync),
        ]);

    private async Task ShowAsync(PaletteCall call, CancellationToken cancellation)
    {
        var (folder, bytes, store) = await stores.ReadAsync(call.Get(Sweep.Name), Survey, cancellation);
        await call.WriteAsync(
            call.Json
                ? JsonSerializer.Serialize(new
                {
                    folder,
                    bytes,
                    points = store.Points,
                    failed = store.Failed,
                    duplicates = store.Duplicates,
                    divergent = store.Divergent,
                    damaged = store.Damaged,
                })
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"folder      {folder}\nbytes       {bytes}\npoints      {store.Points}\nfailed      {store.Failed}\nduplicates  {store.Duplicates}\ndivergent   {store.Divergent}\ndamaged     {store.Damaged}"),
            cancellation);
    }

    private async Task CompactAsync(PaletteCall call, CancellationToken cancellation)
    {
        var done = await gateway.AskAsync<Compacted>(new Compact(call.Get(Sweep.Name)), cancellation);
        await call.WriteAsync(
            call.Json
                ? JsonSerializer.Serialize(new { bytes_before = done.BytesBefore, bytes_after = done.BytesAfter })
                : string.Create(CultureInfo.InvariantCulture, $"{done.BytesBefore} bytes before, {done.BytesAfter} now"),
            cancellation);
    }

    private static (string Folder, long Bytes, StoreContents Store) Survey(string folder) =>
        (folder, new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length), StoreContents.Of(folder));
}
