using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>Who means which pods.</summary>
internal static class SelectorRules
{
    public static readonly Rule OwnPods = new("workloads select their own pods, and no others", FindForeignPods);

    public static readonly Rule SomePods = new("services, budgets and policies select pods that there are", FindEmptySelectors);

    public static IReadOnlyList<Rule> All => [OwnPods, SomePods];

    private static IEnumerable<string> FindForeignPods(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads.Where(workload => workload.Selector is not null))
        {
            var selected = manifests.Workloads.Where(other => Labels.Match(workload.Selector, other.Labels)).ToList();
            if (!selected.Any(other => other.Owner == workload.Owner))
            {
                yield return $"{workload} does not select its own pods";
            }

            foreach (var other in selected.Where(other => other.Owner != workload.Owner))
            {
                yield return $"{workload} also selects the pods of {other}";
            }

            foreach (var constraint in workload.Pod.TopologySpreadConstraints ?? [])
            {
                if (!Labels.Match(constraint.LabelSelector, workload.Labels))
                {
                    yield return $"{workload} spreads other pods than its own over {constraint.TopologyKey}";
                }
            }
        }
    }

    private static IEnumerable<string> FindEmptySelectors(Manifests manifests)
    {
        (string Name, Func<IDictionary<string, string>, bool> Selects)[] selectors =
        [
            .. manifests.All<V1Service>().Select(service => (
                $"Service {service.Metadata.Name}",
                new Func<IDictionary<string, string>, bool>(labels => Labels.Match(service.Spec.Selector, labels)))),
            .. manifests.All<V1PodDisruptionBudget>().Select(budget => Of($"PodDisruptionBudget {budget.Metadata.Name}", budget.Spec.Selector)),
            .. manifests.All<V1NetworkPolicy>().SelectMany(policy => SelectorsOf(policy).Select(
                selector => Of($"NetworkPolicy {policy.Metadata.Name}", selector))),
        ];
        return
            from selector in selectors
            where !manifests.Workloads.Any(workload => selector.Selects(workload.Labels))
            select $"{selector.Name} selects no pod that there is";
    }

    private static (string Name, Func<IDictionary<string, string>, bool> Selects) Of(string name, V1LabelSelector selector) =>
        (name, labels => Labels.Match(selector, labels));

    private static IEnumerable<V1LabelSelector> SelectorsOf(V1NetworkPolicy policy) =>
    [
        policy.Spec.PodSelector,
        .. (policy.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty ?? [])
            .Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.To ?? []))
            .Where(peer => peer.NamespaceSelector is null && peer.PodSelector is not null)
            .Select(peer => peer.PodSelector),
    ];
}
