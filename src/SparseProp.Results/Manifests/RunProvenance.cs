using System.Reflection;
using System.Runtime.InteropServices;
using SparseProp.Results.Store;

namespace SparseProp.Results.Manifests;

/// <summary>By what results are made: enough to find the same program and a comparable machine again.</summary>
public sealed record RunProvenance
{
    /// <summary>The command as it was typed.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Name of the machine that writes the store; each record's cost names the machine that ran it.</summary>
    public required string Host { get; init; }

    /// <summary>The CPU as the operating system names it.</summary>
    public required string CpuModel { get; init; }

    /// <summary>Logical processors that the process may use.</summary>
    public required int Cores { get; init; }

    public required string OperatingSystem { get; init; }

    /// <summary>The .NET runtime and its version.</summary>
    public required string Runtime { get; init; }

    /// <summary><see cref="Engine.EngineVersion.Semantic"/>.</summary>
    public required int EngineVersion { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>Commit that the tool was built from; empty where the build did not know it.</summary>
    public required string Commit { get; init; }

    /// <summary>Packages in the tool, from name to version.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; init; } = new Dictionary<string, string>();

    /// <summary>What this process knows of itself.</summary>
    /// <param name="commandLine">The command as it was typed.</param>
    /// <param name="tool">The assembly whose version is the tool's.</param>
    /// <param name="packages">Packages in the tool, from name to version.</param>
    public static RunProvenance Capture(string commandLine, Assembly tool, IReadOnlyDictionary<string, string> packages)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var informational = tool.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var plus = informational.IndexOf('+', StringComparison.Ordinal);
        return new RunProvenance
        {
            CommandLine = commandLine,
            Host = Environment.MachineName,
            CpuModel = ReadCpuModel(),
            Cores = Environment.ProcessorCount,
            OperatingSystem = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
            EngineVersion = Engine.EngineVersion.Semantic,
            ToolVersion = plus < 0 ? informational : informational[..plus],
            Commit = plus < 0 ? "" : informational[(plus + 1)..],
            Packages = packages,
        };
    }

    private static string ReadCpuModel()
    {
        try
        {
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? Architecture();
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // No Linux: the name is worth no platform calls.
            return Architecture();
        }
    }

    private static string Architecture() =>
        Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
}
