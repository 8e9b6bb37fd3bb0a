using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>What happens when pods are replaced, moved and scaled.</summary>
internal static class AvailabilityRules
{
    public static readonly Rule Standbys = new("coordinators that stand by, and are never ready, hold nothing up", FindStallingStandbys);

    public static readonly Rule Budgets = new("a budget lets some pods go", FindStandstill);

    public static readonly Rule Autoscaling = new("an autoscaler is the only one to say how many pods there are", FindRivals);

    public static readonly Rule Spread = new("pods of a kind are spread over machines", FindCrowds);

    public static IReadOnlyList<Rule> All => [Standbys, Budgets, Autoscaling, Spread];

    private static IEnumerable<string> FindStallingStandbys(Manifests manifests)
    {
        foreach (var set in manifests.All<V1StatefulSet>().Where(set => set.Spec.Replicas > 1))
        {
            if (set.Spec.PodManagementPolicy != "Parallel")
            {
                yield return $"StatefulSet {set.Metadata.Name} starts a pod only when the one before is ready";
            }

            if (set.Spec.UpdateStrategy?.Type != "OnDelete")
            {
                yield return $"StatefulSet {set.Metadata.Name} replaces a pod only when all are ready";
            }
        }

        foreach (var set in manifests.All<V1StatefulSet>())
        {
            foreach (var budget in manifests.All<V1PodDisruptionBudget>().Where(
                budget => Labels.Match(budget.Spec.Selector, set.Spec.Template.Metadata.Labels)))
            {
                yield return $"PodDisruptionBudget {budget.Metadata.Name} would never let the only coordinator go that is ready";
            }
        }
    }

    private static IEnumerable<string> FindStandstill(Manifests manifests) =>
        from budget in manifests.All<V1PodDisruptionBudget>()
        where budget.Spec.MinAvailable is not null || budget.Spec.MaxUnavailable?.Value is null or "0" or "0%"
            || budget.Spec.UnhealthyPodEvictionPolicy != "AlwaysAllow"
        select $"PodDisruptionBudget {budget.Metadata.Name} can keep a machine from being drained";

    private static IEnumerable<string> FindRivals(Manifests manifests)
    {
        foreach (var scaler in manifests.All<V2HorizontalPodAutoscaler>())
        {
            var target = manifests.Workloads.FirstOrDefault(workload => workload.Name == scaler.Spec.ScaleTargetRef.Name);
            if (target?.Replicas is not null)
            {
                yield return $"{target} names a number of pods, and whoever applies it again undoes the autoscaler's";
            }

            if (scaler.Spec.MinReplicas is not >= 1 || scaler.Spec.MinReplicas > scaler.Spec.MaxReplicas)
            {
                yield return
                    $"HorizontalPodAutoscaler {scaler.Metadata.Name}: {scaler.Spec.MinReplicas} to {scaler.Spec.MaxReplicas} is no range";
            }
        }
    }

    private static IEnumerable<string> FindCrowds(Manifests manifests) =>
        from node in manifests.Nodes
        where (node.Workload.Pod.TopologySpreadConstraints ?? []).All(constraint => constraint.TopologyKey != "kubernetes.io/hostname")
        select $"{node}: its pods may all be on one machine";
}
