using System.Globalization;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting.Options;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>Settings as the program itself reads them.</summary>
internal static class SettingRules
{
    // What a node takes after the drain: twice as long as it waits for anything when it leaves.
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(40);

    public static readonly Rule Known = new("every environment variable is one that the program reads", FindUnknownVariables);

    public static readonly Rule Accepted = new("the program accepts its settings", FindRefusals);

    public static readonly Rule Seeds = new("nodes join every coordinator, by the name that it advertises", FindWrongSeeds);

    public static readonly Rule Grace = new("pods have the time that leaving takes", FindHaste);

    public static readonly Rule ServiceLinks = new("services add nothing to the environment", FindServiceLinks);

    public static IReadOnlyList<Rule> All => [Known, Accepted, Seeds, Grace, ServiceLinks];

    private static IEnumerable<string> FindUnknownVariables(Manifests manifests)
    {
        var known = NodeSetting.All.Select(setting => setting.Variable).Concat(NodeSetting.OthersVariables).ToHashSet();
        return
            from workload in manifests.Workloads
            from variable in PodEnvironment.Of(manifests, workload).Keys.Except(known).Except(PodEnvironment.ReferencesIn(workload))
            select $"{workload}: nobody reads {variable}";
    }

    private static IEnumerable<string> FindRefusals(Manifests manifests)
    {
        foreach (var node in manifests.Nodes)
        {
            IReadOnlyList<string> errors = [];
            try
            {
                node.Read();
            }
            catch (NodeOptionsException refused)
            {
                errors = refused.Errors;
            }

            foreach (var error in errors)
            {
                yield return $"{node}: {error}";
            }
        }
    }

    private static IEnumerable<string> FindWrongSeeds(Manifests manifests)
    {
        List<HostPort> coordinators = [];
        foreach (var node in manifests.Nodes.Where(node => node.Role == NodeRole.Coordinator))
        {
            var addresses = Enumerable.Range(0, node.Workload.Replicas ?? 1).Select(node.TryRead).Select(options => options?.Advertise).ToList();
            coordinators.AddRange(addresses.OfType<HostPort>());
            var own = ((V1StatefulSet)node.Workload.Owner).Spec.ServiceName;
            foreach (var (address, ordinal) in addresses.Select((address, ordinal) => (address, ordinal)))
            {
                if (address?.Host != string.Create(CultureInfo.InvariantCulture, $"{node.Workload.Name}-{ordinal}.{own}"))
                {
                    yield return $"{node}: {address} is no name that Kubernetes gives to pod {ordinal}";
                }
            }

            if (manifests.Find<V1Service>(own)?.Spec.PublishNotReadyAddresses != true)
            {
                yield return $"{node}: {own} keeps the names back of pods that are not ready, and none becomes ready without them";
            }
        }

        foreach (var node in manifests.Nodes)
        {
            var joined = node.TryRead()?.Join ?? [];
            foreach (var address in coordinators.Except(joined))
            {
                yield return $"{node} does not join {address}";
            }

            foreach (var address in joined.Except(coordinators))
            {
                yield return $"{node} joins {address}, which is no coordinator";
            }
        }
    }

    private static IEnumerable<string> FindHaste(Manifests manifests) =>
        from node in manifests.Nodes
        let needed = LeaveTime + (node.Role == NodeRole.Worker ? node.TryRead()?.Drain ?? TimeSpan.Zero : TimeSpan.Zero)
        where node.Workload.Pod.TerminationGracePeriodSeconds is not { } grace || grace <= needed.TotalSeconds
        select $"{node}: leaving takes up to {needed.TotalSeconds:0} s, more than the pod is given";

    private static IEnumerable<string> FindServiceLinks(Manifests manifests) =>
        from workload in manifests.Workloads
        where workload.Pod.EnableServiceLinks != false
        select $"{workload}: Kubernetes adds variables of services, which nodes refuse";
}
