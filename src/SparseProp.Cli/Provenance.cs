using System.Text.Json;
using SparseProp.Results;

namespace SparseProp.Cli;

/// <summary>What made the results of this process.</summary>
internal static class Provenance
{
    public static RunProvenance OfThisRun() =>
        RunProvenance.Capture(CommandLine(), typeof(Provenance).Assembly, Packages());

    private static string CommandLine() => string.Join(' ', ["sparseprop", .. Environment.GetCommandLineArgs().Skip(1)]);

    // The runtime was started from this list, so it is what really runs.
    private static Dictionary<string, string> Packages()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{typeof(Provenance).Assembly.GetName().Name}.deps.json");
        if (!File.Exists(path))
        {
            return [];
        }

        using var dependencies = JsonDocument.Parse(File.ReadAllBytes(path));
        return dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/'))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
