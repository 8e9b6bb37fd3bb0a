using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Service.Api;
using SparseProp.Service.Api.Events;
using SparseProp.Service.Api.Logs;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Palettes;

/// <summary>All palettes of a coordinator's process.</summary>
internal sealed class OperatorPalettes(
    CoordinatorGateway gateway, CoordinatorEvents events, StoreReaders stores, LogRing logs, Func<ClusterMembership?> membership)
{
    public PaletteShell CreateShell() => new(
        [
            new ClusterPalette(membership).Create(),
            new ActorPalette(membership).Create(),
            new LogPalette(logs).Create(),
            new SweepPalette(gateway, events).Create(),
            new WorkPalettes(gateway).Workers(),
            new WorkPalettes(gateway).Leases(),
            new StorePalette(gateway, stores).Create(),
        ],
        ValuesAsync);

    private async Task<IReadOnlyList<string>> ValuesAsync(PaletteValue kind, CancellationToken cancellation)
    {
        try
        {
            return kind switch
            {
                PaletteValue.Sweep => [.. (await gateway.AskAsync<SweepList>(new ListSweeps(), cancellation)).Sweeps.Select(sweep => sweep.Name)],
                PaletteValue.Worker => [.. (await gateway.AskAsync<ClusterStatus>(new GetCluster(), cancellation)).Workers.Select(worker => worker.Name)],
                PaletteValue.Node => [.. membership()?.Members.Select(member => member.Address) ?? []],
                _ => [],
            };
        }
        catch (ApiException)
        {
            // Without a coordinator, commands are completed and names are not.
            return [];
        }
    }
}
