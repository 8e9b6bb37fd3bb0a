using System.Text.RegularExpressions;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>Names by which objects refer to each other.</summary>
internal static partial class ReferenceRules
{
    private const int LongestName = 253;

    public static readonly Rule Objects = new("references lead to objects that are applied, too", FindDeadReferences);

    public static readonly Rule Mounts = new("mounts are of volumes that the pod has", FindMountsOfNothing);

    public static readonly Rule Names = new("objects have valid names, each once, in one namespace", FindInvalidNames);

    public static IReadOnlyList<Rule> All => [Objects, Mounts, Names];

    private static IEnumerable<string> FindDeadReferences(Manifests manifests) =>
    [
        .. manifests.Workloads.SelectMany(workload => FindDeadReferences(manifests, workload)),
        .. from set in manifests.All<V1StatefulSet>()
           where manifests.Find<V1Service>(set.Spec.ServiceName)?.Spec.ClusterIP != "None"
           select $"StatefulSet {set.Metadata.Name}: {set.Spec.ServiceName} is no headless Service",
        .. from scaler in manifests.All<V2HorizontalPodAutoscaler>()
           let target = scaler.Spec.ScaleTargetRef
           where !manifests.Workloads.Any(
               workload => workload.Owner.ApiVersion == target.ApiVersion && workload.Owner.Kind == target.Kind && workload.Name == target.Name)
           select $"HorizontalPodAutoscaler {scaler.Metadata.Name}: there is no {target.Kind} {target.Name}",
    ];

    private static IEnumerable<string> FindDeadReferences(Manifests manifests, Workload workload)
    {
        if (manifests.Find<V1ServiceAccount>(workload.Pod.ServiceAccountName) is null)
        {
            yield return $"{workload}: there is no ServiceAccount {workload.Pod.ServiceAccountName}";
        }

        foreach (var source in workload.Container.EnvFrom ?? [])
        {
            if (manifests.Find<V1ConfigMap>(source.ConfigMapRef?.Name) is null)
            {
                yield return $"{workload}: there is no ConfigMap {source.ConfigMapRef?.Name}";
            }
        }

        foreach (var volume in workload.Pod.Volumes ?? [])
        {
            var (name, keys, items) = volume switch
            {
                { Secret: { } secret } =>
                    ($"Secret {secret.SecretName}", manifests.Find<V1Secret>(secret.SecretName)?.Data?.Keys, secret.Items),
                { ConfigMap: { } map } => ($"ConfigMap {map.Name}", manifests.Find<V1ConfigMap>(map.Name)?.Data?.Keys, map.Items),
                { PersistentVolumeClaim: { } claim } => (
                    $"PersistentVolumeClaim {claim.ClaimName}",
                    manifests.Find<V1PersistentVolumeClaim>(claim.ClaimName) is null ? null : Array.Empty<string>(),
                    null),
                _ => ("", Array.Empty<string>(), null),
            };
            if (keys is null)
            {
                yield return $"{workload}: there is no {name}";
                continue;
            }

            foreach (var item in (items ?? []).Where(item => !keys.Contains(item.Key)))
            {
                yield return $"{workload}: {name} has no {item.Key}";
            }
        }
    }

    private static IEnumerable<string> FindMountsOfNothing(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var volumes = (workload.Pod.Volumes ?? []).Select(volume => volume.Name)
                .Concat(workload.Claims.Select(claim => claim.Metadata.Name)).ToList();
            var mounts = (workload.Container.VolumeMounts ?? []).Select(mount => mount.Name).ToList();
            foreach (var name in mounts.Except(volumes))
            {
                yield return $"{workload} mounts {name}, which is no volume of it";
            }

            foreach (var name in volumes.Except(mounts))
            {
                yield return $"{workload} does not mount its volume {name}";
            }

            foreach (var name in volumes.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
            {
                yield return $"{workload} has two volumes {name}";
            }
        }
    }

    private static IEnumerable<string> FindInvalidNames(Manifests manifests)
    {
        var space = manifests.All<V1Namespace>().Single().Metadata.Name;
        foreach (var described in manifests.Objects)
        {
            if (described.Metadata.Name.Length > LongestName || !SubdomainName().IsMatch(described.Metadata.Name))
            {
                yield return $"{described.Kind} '{described.Metadata.Name}' has no valid name";
            }

            if (described is not V1Namespace && described.Metadata.NamespaceProperty != space)
            {
                yield return $"{described.Kind} {described.Metadata.Name} is not in the namespace {space}";
            }
        }

        foreach (var twice in manifests.Objects
            .GroupBy(described => (described.Kind, described.Metadata.Name)).Where(group => group.Count() > 1))
        {
            yield return $"{twice.Key.Kind} {twice.Key.Name} is there twice";
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex SubdomainName();
}
