using SparseProp.Results.Manifests;

namespace SparseProp.Cli;

/// <summary>What made the results of this process.</summary>
internal static class Provenance
{
    private const string PackageList = "packages.txt";

    public static RunProvenance OfThisRun() =>
        RunProvenance.Capture(CommandLine(), typeof(Provenance).Assembly, Packages());

    private static string CommandLine() => string.Join(' ', ["sparseprop", .. Environment.GetCommandLineArgs().Skip(1)]);

    /// <summary>
    /// Packages in the program, from name to version: what the build resolved, ID/VERSION on each line. A resource, for a program in one file
    /// has no list of its dependencies beside it.
    /// </summary>
    public static Dictionary<string, string> Packages()
    {
        using var list = new StreamReader(typeof(Provenance).Assembly.GetManifestResourceStream(PackageList)
            ?? throw new InvalidOperationException($"The program was built without {PackageList}."));
        return list.ReadToEnd()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('/'))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
