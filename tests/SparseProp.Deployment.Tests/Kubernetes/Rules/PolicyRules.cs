using System.Globalization;
using SparseProp.Service.Hosting.Options;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>Who may speak to whom, as network policies say it.</summary>
internal static class PolicyRules
{
    public static readonly Rule Talks = new("who must speak to each other may, and nobody else", FindWrongTalks);

    public static readonly Rule Names = new("every pod may ask the name service", FindNameless);

    public static IReadOnlyList<Rule> All => [Talks, Names];

    private static IEnumerable<string> FindWrongTalks(Manifests manifests)
    {
        var nodes = manifests.Nodes.ToList();
        List<(string Name, IDictionary<string, string> Labels, bool IsNode, bool IsClient)> callers =
        [
            .. manifests.Workloads.Select(
                workload => (
                    workload.ToString(), workload.Labels, nodes.Exists(node => node.Workload.Name == workload.Name), workload.Owner is V1Job)),
            ("a stranger", new Dictionary<string, string> { ["app.kubernetes.io/name"] = "stranger" }, false, false),
            ("a stranger's client", new Dictionary<string, string> { ["app.kubernetes.io/component"] = "client" }, false, true),
        ];
        return
            from caller in callers
            from node in nodes
            from port in node.Workload.Container.Ports ?? []
            let isNeeded = port.ContainerPort == node.TryRead()?.Listen.Port
                ? caller.IsNode
                : caller.IsClient && node.Role == NodeRole.Coordinator
            where May(manifests, caller.Labels, node.Workload.Labels, port.ContainerPort) != isNeeded
            select $"{caller.Name} {(isNeeded ? "must" : "must not")} reach {node} at {port.Name}";
    }

    private static IEnumerable<string> FindNameless(Manifests manifests) =>
        from workload in manifests.Workloads
        where !PoliciesOf(manifests, workload.Labels, "Egress").Any(policy => (policy.Spec.Egress ?? []).Any(
            rule => rule.To is null && (rule.Ports ?? []).Any(port => port.Port == "53" && port.Protocol == "UDP")))
        select $"{workload} must reach the name service";

    private static bool May(Manifests manifests, IDictionary<string, string> from, IDictionary<string, string> to, int port)
    {
        var goingOut = PoliciesOf(manifests, from, "Egress").ToList();
        var comingIn = PoliciesOf(manifests, to, "Ingress").ToList();
        return (goingOut.Count == 0 || goingOut.SelectMany(policy => policy.Spec.Egress ?? []).Any(
                rule => IsAmong(rule.To, to) && IsAmong(rule.Ports, port)))
            && (comingIn.Count == 0 || comingIn.SelectMany(policy => policy.Spec.Ingress ?? []).Any(
                rule => IsAmong(rule.FromProperty, from) && IsAmong(rule.Ports, port)));
    }

    // A pod that no policy selects may do anything.
    private static IEnumerable<V1NetworkPolicy> PoliciesOf(Manifests manifests, IDictionary<string, string> labels, string direction) =>
        manifests.All<V1NetworkPolicy>().Where(
            policy => policy.Spec.PolicyTypes.Contains(direction) && Labels.Match(policy.Spec.PodSelector, labels));

    private static bool IsAmong(IList<V1NetworkPolicyPeer>? peers, IDictionary<string, string> labels) =>
        peers is null || peers.Any(peer => peer.NamespaceSelector is null && Labels.Match(peer.PodSelector, labels));

    // By number: not every network plug-in knows the names of ports.
    private static bool IsAmong(IList<V1NetworkPolicyPort>? ports, int port) =>
        ports is null || ports.Any(open => open.Port == port.ToString(CultureInfo.InvariantCulture) && open.Protocol is null or "TCP");
}
