using SparseProp.Service.Hosting.Options;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>What pods run, with what rights, on what resources.</summary>
internal static class PodRules
{
    public static readonly Rule Rights = new("pods have no more rights than a process needs", FindRights);

    public static readonly Rule Images = new("images are of this version of the program", FindOtherImages);

    public static readonly Rule Resources = new("pods reserve processors and memory, and their memory is bounded", FindBoundless);

    public static readonly Rule Scratch = new("pods can write temporary files", FindNoScratch);

    public static IReadOnlyList<Rule> All => [Rights, Images, Resources, Scratch];

    private static IEnumerable<string> FindRights(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var (pod, container) = (workload.Pod.SecurityContext, workload.Container.SecurityContext);
            (string Right, bool IsGiven)[] rights =
            [
                ("run as root", pod?.RunAsNonRoot != true || pod.RunAsUser is null or 0),
                ("make any system call", pod?.SeccompProfile?.Type != "RuntimeDefault"),
                ("gain privileges", container?.AllowPrivilegeEscalation != false),
                ("keep capabilities", container?.Capabilities?.Drop?.Contains("ALL") != true || container.Capabilities.Add is { Count: > 0 }),
                ("change its own files", container?.ReadOnlyRootFilesystem != true),
                ("ask the Kubernetes API", workload.Pod.AutomountServiceAccountToken != false),
                ("see the machine", workload.Pod is { HostNetwork: true } or { HostPID: true } or { HostIPC: true }
                    || (workload.Pod.Volumes ?? []).Any(volume => volume.HostPath is not null)),
            ];
            foreach (var (right, _) in rights.Where(right => right.IsGiven))
            {
                yield return $"{workload} may {right}";
            }

            foreach (var volume in (workload.Pod.Volumes ?? []).Where(volume => volume.Secret is { DefaultMode: null or > 0b100_100_000 }))
            {
                yield return $"{workload}: everybody in the pod reads the keys";
            }
        }

        foreach (var bound in manifests.Objects.Where(described => described is V1RoleBinding or V1ClusterRoleBinding))
        {
            yield return $"{bound.Kind} {bound.Metadata.Name} gives rights";
        }
    }

    private static IEnumerable<string> FindOtherImages(Manifests manifests)
    {
        var version = typeof(NodeOptions).Assembly.GetName().Version!.ToString(fieldCount: 3);
        return
            from workload in manifests.Workloads
            where !workload.Container.Image.EndsWith($"sparseprop:{version}", StringComparison.Ordinal)
            select $"{workload} runs {workload.Container.Image} and not version {version}";
    }

    private static IEnumerable<string> FindBoundless(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var resources = workload.Container.Resources;
            if (resources?.Requests is not { } requests || !requests.ContainsKey("cpu") || !requests.TryGetValue("memory", out var reserved))
            {
                yield return $"{workload} reserves no processors or memory";
            }
            else if (resources.Limits is not { } limits || !limits.TryGetValue("memory", out var most)
                || most.ToDecimal() < reserved.ToDecimal())
            {
                yield return $"{workload} has no bound to its memory, or one below what it reserves";
            }
        }
    }

    private static IEnumerable<string> FindNoScratch(Manifests manifests) =>
        from workload in manifests.Workloads
        let mount = (workload.Container.VolumeMounts ?? []).FirstOrDefault(mount => mount.MountPath == "/tmp")
        where (workload.Pod.Volumes ?? []).FirstOrDefault(volume => volume.Name == mount?.Name)?.EmptyDir?.SizeLimit is null
        select $"{workload} has no bounded volume at /tmp";
}
