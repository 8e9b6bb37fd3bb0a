using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using SparseProp.Cluster.Hosting;
using SparseProp.Engine;
using SparseProp.Results;
using SparseProp.Sweeps;
using SparseProp.Training;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace SparseProp.Cli.Tests;

/// <summary>Arrows go one way: Cli -> Cluster -> {Results, Sweeps, Training} -> Engine.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Engine = typeof(Simulation).Assembly;
    private static readonly Assembly Training = typeof(TrainingRun).Assembly;
    private static readonly Assembly Sweeps = typeof(SweepSpec).Assembly;
    private static readonly Assembly Results = typeof(ResultStore).Assembly;
    private static readonly Assembly Cluster = typeof(EmbeddedCluster).Assembly;
    private static readonly Assembly Cli = typeof(ExitCode).Assembly;

    private static readonly Architecture House = new ArchLoader().LoadAssemblies(Engine, Training, Sweeps, Results, Cluster, Cli).Build();

    public static TheoryData<string, string[]> Arrows => new()
    {
        { Name(Engine), [] },
        { Name(Training), [Name(Engine)] },
        { Name(Sweeps), [Name(Engine)] },
        { Name(Results), [Name(Engine)] },
        { Name(Cluster), [Name(Engine), Name(Training), Name(Sweeps), Name(Results)] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void AProjectKnowsOnlyTheProjectsBelowIt(string project, string[] below)
    {
        var others = new[] { Engine, Training, Sweeps, Results, Cluster, Cli }
            .Where(assembly => Name(assembly) != project && !below.Contains(Name(assembly)))
            .ToArray();
        var self = new[] { Engine, Training, Sweeps, Results, Cluster }.Single(assembly => Name(assembly) == project);

        Types().That().ResideInAssembly(self)
            .Should().NotDependOnAny(Types().That().ResideInAssembly(others[0], others[1..]))
            .Check(House);
    }

    [Fact]
    public void TheEngineDoesNoInputOrOutputAndReadsNoClock() =>
        Types().That().ResideInAssembly(Engine)
            .Should().NotDependOnAnyTypesThat().HaveFullNameMatching(@"^System\.(IO\.(File|Directory|Path|StreamReader|StreamWriter)|Console|DateTime|Diagnostics\.Stopwatch|TimeProvider)")
            .Check(House);

    private static string Name(Assembly assembly) => assembly.GetName().Name!;
}
