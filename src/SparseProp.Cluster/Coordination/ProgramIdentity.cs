using System.Reflection;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;

namespace SparseProp.Cluster.Coordination;

/// <summary>Which program a node runs. Nodes of different programs do not work together: their results might not be the same bits.</summary>
/// <param name="Protocol"><see cref="WorkProtocol.Version"/>.</param>
/// <param name="Engine"><see cref="EngineVersion.Semantic"/>.</param>
/// <param name="Build">Version and commit.</param>
internal sealed record ProgramIdentity(long Protocol, long Engine, string Build)
{
    /// <summary>What this process runs.</summary>
    public static ProgramIdentity Own { get; } = new(
        WorkProtocol.Version,
        EngineVersion.Semantic,
        typeof(ProgramIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>Why a coordinator of this program refuses a worker of another; null where it does not.</summary>
    public string? Refusal(ProgramIdentity worker)
    {
        if (worker.Protocol != Protocol)
        {
            return $"the worker speaks protocol {worker.Protocol} and the coordinator {Protocol}; run the same build on both";
        }

        if (worker.Engine != Engine)
        {
            return $"the worker has engine version {worker.Engine} and the coordinator {Engine}; run the same build on both";
        }

        return worker.Build == Build
            ? null
            : $"the worker is build {worker.Build} and the coordinator {Build}; run the same build on both";
    }
}
