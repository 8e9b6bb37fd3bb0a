using SparseProp.Results.Texts;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>Ports, and who asks at them.</summary>
internal static class PortRules
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";

    public static readonly Rule Services = new("services lead to ports that their pods have", FindServicesToNowhere);

    public static readonly Rule Probes = new("nodes are asked for life and readiness at ports that they have", FindWrongProbes);

    public static readonly Rule Listening = new("nodes listen at the ports that they declare, for other machines", FindDeafPorts);

    public static IReadOnlyList<Rule> All => [Services, Probes, Listening];

    private static IEnumerable<string> FindServicesToNowhere(Manifests manifests) =>
        from service in manifests.All<V1Service>()
        from workload in manifests.Workloads
        where Labels.Match(service.Spec.Selector, workload.Labels)
        from port in service.Spec.Ports
        where workload.PortsOf(port.TargetPort ?? port.Port).Count() != 1
        select $"Service {service.Metadata.Name}: {port.Name} leads to {port.TargetPort?.Value}, which {workload} does not have";

    private static IEnumerable<string> FindWrongProbes(Manifests manifests)
    {
        foreach (var node in manifests.Nodes)
        {
            var container = node.Workload.Container;
            (string Name, V1Probe? Probe, string Path)[] probes =
            [
                ("startup", container.StartupProbe, Live),
                // A coordinator that stands by is not ready, and well.
                ("liveness", container.LivenessProbe, Live),
                ("readiness", container.ReadinessProbe, Ready),
            ];
            foreach (var (name, probe, path) in probes)
            {
                if (probe?.HttpGet is not { } request || request.Path != path)
                {
                    yield return $"{node}: its {name} probe does not ask {path}";
                }
                else if (!node.Workload.PortsOf(request.Port).SequenceEqual([node.TryRead()?.Http?.Port ?? 0]))
                {
                    yield return $"{node}: its {name} probe asks at {request.Port.Value}, where it serves no HTTP";
                }
            }
        }
    }

    private static IEnumerable<string> FindDeafPorts(Manifests manifests)
    {
        foreach (var node in manifests.Nodes)
        {
            if (node.TryRead() is not { } options)
            {
                continue;
            }

            var listening = new[] { options.Listen, options.Http }.OfType<HostPort>().ToList();
            foreach (var endpoint in listening.Where(endpoint => endpoint.Host != "0.0.0.0"))
            {
                yield return $"{node} listens at {endpoint}, where other pods do not reach it";
            }

            if (!listening.Select(endpoint => endpoint.Port).Order().SequenceEqual(
                (node.Workload.Container.Ports ?? []).Select(port => port.ContainerPort).Order()))
            {
                yield return $"{node} declares other ports than those it listens at, {string.Join(" and ", listening)}";
            }
        }
    }
}
