using SparseProp.Execution.Checks;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands.Results;

/// <summary>Says which stores lack points of their sweep.</summary>
internal static class MissingPoints
{
    /// <summary>Tells it on standard error.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="name">What the user calls it.</param>
    /// <returns>How many points are missing; 0 where that is not known, which is told, too.</returns>
    public static long Tell(string folder, string name)
    {
        try
        {
            var completeness = StoreCompleteness.Of(folder);
            if (completeness.Missing > 0)
            {
                Console.Error.WriteLine(
                    $"sparseprop: {completeness.Missing} of {Counted.Of(completeness.Points, "point")} {Counted.Word(completeness.Missing, "is", "are")} missing from {name}");
            }

            return completeness.Missing;
        }
        catch (Exception unknown) when (unknown is StoreException or SweepFileException)
        {
            Console.Error.WriteLine($"sparseprop: whether points are missing from {name} is not known: {unknown.Message}");
            return 0;
        }
    }
}
