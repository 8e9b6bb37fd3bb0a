using SparseProp.Service.Hosting.Options;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>Where results are kept.</summary>
internal static class StoreRules
{
    public static readonly Rule Outlives = new("the store outlives its pods, and coordinators that stand by share it", FindShortLivedStores);

    public static readonly Rule TwoSeeds = new(
        "a restarted coordinator finds the cluster: by another coordinator, or by what its store remembers", FindLonelySeeds);

    public static IReadOnlyList<Rule> All => [Outlives, TwoSeeds];

    private static IEnumerable<string> FindShortLivedStores(Manifests manifests)
    {
        foreach (var node in Coordinators(manifests))
        {
            switch (ClaimOf(manifests, node))
            {
                case null:
                    yield return $"{node}: its store is on no volume that outlives the pod";
                    break;
                case (var claim, var isShared)
                    when node.Workload.Replicas > 1 && (!isShared || !claim.Spec.AccessModes.Contains("ReadWriteMany")):
                    yield return $"{node}: its {node.Workload.Replicas} pods do not share one store";
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<string> FindLonelySeeds(Manifests manifests) =>
        from node in Coordinators(manifests)
        where (node.TryRead()?.Join.Count ?? 0) < 2 && ClaimOf(manifests, node) is null
        select $"{node}: restarted alone, it would begin a cluster of its own";

    private static IEnumerable<Node> Coordinators(Manifests manifests) => manifests.Nodes.Where(node => node.Role == NodeRole.Coordinator);

    private static (V1PersistentVolumeClaim Claim, bool IsShared)? ClaimOf(Manifests manifests, Node node)
    {
        var store = node.TryRead()?.Store;
        var mount = (node.Workload.Container.VolumeMounts ?? []).FirstOrDefault(mount => mount.MountPath == store);
        if (node.Workload.Claims.FirstOrDefault(claim => claim.Metadata.Name == mount?.Name) is { } own)
        {
            return (own, false);
        }

        var volume = (node.Workload.Pod.Volumes ?? []).FirstOrDefault(volume => volume.Name == mount?.Name);
        return manifests.Find<V1PersistentVolumeClaim>(volume?.PersistentVolumeClaim?.ClaimName) is { } shared ? (shared, true) : null;
    }
}
