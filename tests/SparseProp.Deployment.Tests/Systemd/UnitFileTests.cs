using SparseProp.EndToEnd;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Deployment.Tests.Systemd;

public sealed class UnitFileTests : IDisposable
{
    // To flush reports and save checkpoints, and to leave the cluster.
    private static readonly TimeSpan BeyondTheDrain = TimeSpan.FromSeconds(40);

    private readonly WorkFolder _keys = new();

    public static TheoryData<string, NodeRole> Units => new()
    {
        { "sparseprop-coordinator.service", NodeRole.Coordinator },
        { "sparseprop-worker@.service", NodeRole.Worker },
    };

    public void Dispose() => _keys.Dispose();

    [Theory]
    [MemberData(nameof(Units))]
    public void AnEnvironmentIsWhatTheProgramReads(string unit, NodeRole role)
    {
        var known = NodeSetting.All.Where(setting => (setting.Roles & role) != 0).Select(setting => setting.Variable);

        var settings = UnitFile.Read(unit).Environment.Where(variable => !variable.Name.StartsWith("DOTNET_", StringComparison.Ordinal));

        Assert.Empty(settings.Select(setting => setting.Name).Except(known));
        Assert.Equal("json", Read(unit, role).LogFormat.ToString().ToLowerInvariant());
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void ANodeHasTimeToDrainAndToLeave(string unit, NodeRole role)
    {
        var stop = UnitFile.Read(unit).Time("TimeoutStopSec");

        Assert.True(stop >= Read(unit, role).Drain + BeyondTheDrain, $"{unit} is killed after {stop.TotalSeconds:0} s");
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void OnlyTheProgramItselfIsToldToEnd(string unit, NodeRole role)
    {
        var file = UnitFile.Read(unit);

        Assert.Equal(("notify", "main", "mixed", "SIGTERM"), (file["Type"], file["NotifyAccess"], file["KillMode"], file["KillSignal"]));
        Assert.EndsWith($"node {role}".ToLowerInvariant(), file["ExecStart"], StringComparison.Ordinal);
    }

    // As the program reads them where the keys are.
    private NodeOptions Read(string unit, NodeRole role)
    {
        Dictionary<string, string> environment = [];
        foreach (var (name, value) in UnitFile.Read(unit).Environment)
        {
            environment[name] = value.StartsWith("/etc/sparseprop/", StringComparison.Ordinal)
                ? _keys.Write(Path.GetFileName(value), "") : value;
        }

        return NodeOptionsReader.Read(role, new Dictionary<string, string>(), environment, configFile: null);
    }
}
