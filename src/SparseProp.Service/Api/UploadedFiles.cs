using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Execution;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Service.Api.Description;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Service.Api;

/// <summary>
/// Files that were sent for sweeps which name them, by the hashes of their bytes. They wait here until a store has a copy of them; what no
/// sweep has asked for in a day is removed.
/// </summary>
/// <param name="archive">Where they lie.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class UploadedFiles(FileArchive archive, TimeProvider clock)
{
    /// <summary>Name of the folder among the stores. No sweep can be called so.</summary>
    public const string FolderName = "uploaded_files";

    private const int MostListBytes = 8 << 20;
    private const int MostFiles = 10_000;
    private const int LongestName = 4096;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>The list of the files that a sweep names.</summary>
    public static RouteParameter<string?> List { get; } = RouteParameter.Text(
        "files",
        "SHA-256 of an uploaded list of the files that the sweep names, JSON as {\"files\": [{\"name\": \"edges.csv\", \"sha256\": \"…\", \"bytes\": 123}]}.",
        longest: 64);

    /// <summary>Takes a file in, and removes those of which nothing has come.</summary>
    /// <exception cref="ApiException">It is not what its name says.</exception>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public async Task TakeAsync(string hash, Stream content, CancellationToken cancellation)
    {
        archive.RemoveOlderThan(clock.GetUtcNow() - Kept, isWanted: _ => false);
        using var upload = archive.Begin(hash);
        var buffer = new byte[1 << 16];
        while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            upload.Write(buffer.AsSpan(0, read));
        }

        if (!upload.TryComplete())
        {
            throw ApiException.BadRequest($"the body's SHA-256 is not {hash}; send the file as it was when the hash was taken");
        }
    }

    /// <summary>The files of a list that was uploaded before, with all that it names.</summary>
    /// <exception cref="ApiException">The list, or some of the files, are not here; the problem names them. Or it is no list.</exception>
    public NetworkFiles Find(string list)
    {
        if (!DataFile.IsHash(list))
        {
            throw ApiException.BadRequest($"{List.Describe().Name} is the SHA-256 of an uploaded list, in 64 lower-case hexadecimal digits");
        }

        Require([list], file => archive.LengthOf(file) >= 0);
        var files = Read(list);
        var lengths = files.DistinctBy(file => file.Sha256).ToDictionary(file => file.Sha256, file => file.Bytes);
        Require(lengths.Keys, hash => archive.LengthOf(hash) == lengths[hash]);
        return StoredSpec.Files(files, archive);
    }

    private static void Require(IEnumerable<string> hashes, Func<string, bool> isHere)
    {
        var missing = hashes.Where(hash => !isHere(hash)).ToList();
        if (missing.Count > 0)
        {
            throw new ApiException(new ProblemDocument(
                "files are missing",
                StatusCodes.Status422UnprocessableEntity,
                $"send each of the missing files by PUT {ApiRoutes.Files}/SHA256, then the sweep again")
            {
                Missing = missing,
            });
        }
    }

    private List<DataFile> Read(string list)
    {
        try
        {
            if (archive.LengthOf(list) <= MostListBytes)
            {
                using var content = archive.Open(list);
                var files = JsonSerializer.Deserialize(content, ApiJson.Default.FileListDocument)?.Files ?? [];
                if (files.Count <= MostFiles && files.All(file => file is { Bytes: >= 0 } && file.Name.Length <= LongestName && DataFile.IsHash(file.Sha256)))
                {
                    return [.. files.Select(file => new DataFile(file.Name, file.Sha256, file.Bytes))];
                }
            }
        }
        catch (Exception malformed) when (malformed is JsonException or IOException)
        {
            // Said below, with what to write instead.
        }

        throw ApiException.BadRequest(
            $"the list of files is no JSON as {{\"files\": [{{\"name\": \"edges.csv\", \"sha256\": \"…\", \"bytes\": 123}}]}} of at most {MostFiles} files");
    }
}
