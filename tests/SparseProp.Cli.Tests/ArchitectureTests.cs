using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using SparseProp.Client;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Execution;
using SparseProp.Results.Store;
using SparseProp.Service.Hosting;
using SparseProp.Sweeps;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace SparseProp.Cli.Tests;

/// <summary>Arrows go one way: Cli -> {Client, Service}, Service -> Cluster, {Client, Cluster} -> Execution -> {Results, Sweeps} -> Engine.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Engine = typeof(Simulation).Assembly;
    private static readonly Assembly Sweeps = typeof(SweepSpec).Assembly;
    private static readonly Assembly Results = typeof(ResultStore).Assembly;
    private static readonly Assembly Execution = typeof(SweepProgress).Assembly;
    private static readonly Assembly Client = typeof(CoordinatorClient).Assembly;
    private static readonly Assembly Cluster = typeof(WorkProtocol).Assembly;
    private static readonly Assembly Service = typeof(EmbeddedCluster).Assembly;
    private static readonly Assembly Cli = typeof(ExitCode).Assembly;

    private static readonly Assembly[] All = [Engine, Sweeps, Results, Execution, Client, Cluster, Service, Cli];

    private static readonly Architecture House = new ArchLoader().LoadAssemblies(All).Build();

    public static TheoryData<string, string[]> Arrows => new()
    {
        { Name(Engine), [] },
        { Name(Sweeps), [Name(Engine)] },
        { Name(Results), [Name(Engine)] },
        { Name(Execution), [Name(Engine), Name(Sweeps), Name(Results)] },
        { Name(Client), [Name(Engine), Name(Sweeps), Name(Results), Name(Execution)] },
        { Name(Cluster), [Name(Engine), Name(Sweeps), Name(Results), Name(Execution)] },
        { Name(Service), [Name(Engine), Name(Sweeps), Name(Results), Name(Execution), Name(Client), Name(Cluster)] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void AProjectKnowsOnlyTheProjectsBelowIt(string project, string[] below)
    {
        var others = All.Where(assembly => Name(assembly) != project && !below.Contains(Name(assembly))).ToArray();
        var self = All.Single(assembly => Name(assembly) == project);

        Types().That().ResideInAssembly(self)
            .Should().NotDependOnAny(Types().That().ResideInAssembly(others[0], others[1..]))
            .Check(House);
    }

    [Fact]
    public void TheEngineDoesNoInputOrOutputAndReadsNoClock() =>
        Types().That().ResideInAssembly(Engine)
            .Should().NotDependOnAnyTypesThat().HaveFullNameMatching(@"^System\.(IO\.(File|Directory|Path|StreamReader|StreamWriter)|Console|DateTime|Diagnostics\.Stopwatch|TimeProvider)")
            .Check(House);

    /// <summary>A point runs, and a coordinator is asked, without actors and without a web server.</summary>
    [Fact]
    public void ExecutionAndClientNeedNeitherAkkaNorAspNet()
    {
        foreach (var assembly in new[] { Engine, Sweeps, Results, Execution, Client })
        {
            Assert.DoesNotContain(
                assembly.GetReferencedAssemblies(),
                reference => reference.Name!.StartsWith("Akka", StringComparison.Ordinal) || reference.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        }
    }

    private static string Name(Assembly assembly) => assembly.GetName().Name!;
}
