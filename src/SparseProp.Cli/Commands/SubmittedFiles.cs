using System.Security.Cryptography;
using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Sweeps;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Commands;

/// <summary>The files that a submitted sweep names, and the list of them that goes ahead.</summary>
internal sealed class SubmittedFiles
{
    private readonly NetworkFiles _files;
    private readonly Dictionary<string, NetworkFile> _byHash;
    private readonly byte[] _list;

    private SubmittedFiles(NetworkFiles files, IReadOnlyList<NetworkFile> named)
    {
        _files = files;
        _byHash = named.DistinctBy(file => file.Sha256).ToDictionary(file => file.Sha256);
        _list = JsonSerializer.SerializeToUtf8Bytes(
            new FileListDocument([.. named.Select(file => new NamedFileDocument(file.Name, file.Sha256, file.Bytes))]), ApiJson.Default.FileListDocument);
        List = Convert.ToHexStringLower(SHA256.HashData(_list));
    }

    /// <summary>Hash of the list.</summary>
    public string List { get; }

    /// <summary>The files of a sweep; null where it names none, or is not valid, of which the coordinator tells.</summary>
    /// <exception cref="SweepFileException">What it says of its network is not valid.</exception>
    public static SubmittedFiles? Of(ReadOnlySpan<byte> text, string path)
    {
        var files = NetworkFiles.Beside(path);
        return SweepFile.FilesIn(text, path, files) is { Count: > 0 } named ? new SubmittedFiles(files, named) : null;
    }

    /// <summary>Sends what the coordinator lacks.</summary>
    /// <exception cref="UserError">It has asked for something else, or a file cannot be read.</exception>
    public async Task UploadAsync(CoordinatorClient client, IReadOnlyList<string> missing, CancellationToken cancellation)
    {
        foreach (var hash in missing)
        {
            if (hash == List)
            {
                await client.UploadAsync(hash, () => new MemoryStream(_list), cancellation);
            }
            else if (_byHash.TryGetValue(hash, out var file))
            {
                await UploadAsync(client, file, cancellation);
            }
            else
            {
                throw new UserError(ExitCode.Failed, $"the coordinator asks for a file that the sweep does not name, {hash}");
            }
        }
    }

    private async Task UploadAsync(CoordinatorClient client, NetworkFile file, CancellationToken cancellation)
    {
        try
        {
            await client.UploadAsync(file.Sha256, () => _files.Open(file.Name), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable("file", file.Name, error);
        }
    }
}
