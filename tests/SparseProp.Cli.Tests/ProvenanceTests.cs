using System.Reflection;
using System.Text.Json;

namespace SparseProp.Cli.Tests;

public sealed class ProvenanceTests
{
    [Fact]
    public void PackagesAreThoseThatReallyRun()
    {
        var version = typeof(Akka.Actor.ActorSystem).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.Equal(version.Split('+')[0], Provenance.Packages()["Akka"]);
    }

    // The runtime starts a program that is not one file from this list.
    [Fact]
    public void PackagesAreAllThatTheRuntimeLoadsFrom()
    {
        var list = Path.Combine(AppContext.BaseDirectory, "sparseprop.deps.json");
        using var dependencies = JsonDocument.Parse(File.ReadAllBytes(list));
        var loaded = dependencies.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
            .Where(library => library.Value.TryGetProperty("runtime", out _) && library.Name.Contains('/', StringComparison.Ordinal))
            .Select(library => library.Name)
            .Where(library => !library.StartsWith("SparseProp.", StringComparison.Ordinal) && !library.StartsWith("sparseprop/", StringComparison.Ordinal));

        var known = Provenance.Packages().Select(package => $"{package.Key}/{package.Value}");

        Assert.Empty(loaded.Except(known));
    }
}
