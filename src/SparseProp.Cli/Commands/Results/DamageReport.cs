using SparseProp.Results.Store;

namespace SparseProp.Cli.Commands.Results;

/// <summary>Gathers what cannot be read of a store, and tells it when all else has been said.</summary>
/// <param name="result">What lacks the points that were there, such as "the table".</param>
internal sealed class DamageReport(string result)
{
    private readonly List<StoreDamage> _parts = [];

    public void Add(StoreDamage part) => _parts.Add(part);

    /// <summary>Forgets what was found, before the store is read anew.</summary>
    public void Clear() => _parts.Clear();

    /// <summary>Tells all on standard error.</summary>
    /// <returns>The command's exit code.</returns>
    public int Tell()
    {
        foreach (var part in _parts)
        {
            Console.Error.WriteLine($"sparseprop: {part.Message}" + part switch
            {
                { IsOfManifest: true } => "",
                { IsForeign: true } => $"; {result} lacks what it holds",
                _ => $"; {result} lacks what it held, and running the sweep again restores it",
            });
        }

        return _parts.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
