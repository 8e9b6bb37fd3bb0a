using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>
/// Objects that are applied to a cluster together, in Kubernetes' own types. Rules look at them, and tests of rules change them.
/// </summary>
internal sealed partial class Manifests(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects)
{
    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects => objects;

    /// <summary>Whatever makes pods.</summary>
    public IEnumerable<Workload> Workloads =>
    [
        .. All<V1StatefulSet>().Select(set => new Workload(
            set, set.Spec.Template, set.Spec.Selector, set.Spec.Replicas, set.Spec.VolumeClaimTemplates ?? [])),
        .. All<V1Deployment>().Select(deployment => new Workload(
            deployment, deployment.Spec.Template, deployment.Spec.Selector, deployment.Spec.Replicas, [])),
        .. All<V1Job>().Select(job => new Workload(job, job.Spec.Template, null, 1, [])),
    ];

    /// <summary>The nodes of the sweeps' cluster among them.</summary>
    public IEnumerable<Node> Nodes => Workloads.Select(workload => Node.In(this, workload)).OfType<Node>();

    /// <summary>Reads documents, each strictly: an unknown field, a duplicate key, a wrong type is an error.</summary>
    /// <param name="folders">Folders of <c>k8s/</c>.</param>
    /// <param name="render">Gives a folder's documents.</param>
    public static Manifests Parse(IReadOnlyList<string> folders, Func<string, string> render) =>
        new([.. folders.SelectMany(folder => DocumentsOf(render(folder))).Select(ParseOne)]);

    public static IReadOnlyList<string> DocumentsOf(string yaml) =>
        [.. Separator().Split(yaml).Where(document => !string.IsNullOrWhiteSpace(document))];

    public static IKubernetesObject<V1ObjectMeta> ParseOne(string document) =>
        (IKubernetesObject<V1ObjectMeta>)KubernetesYaml.LoadAllFromString(document, typeMap: null, strict: true).Single();

    public IEnumerable<T> All<T>() => objects.OfType<T>();

    /// <summary>The object of a name, or of one that goes on with a hash.</summary>
    public T Get<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> =>
        All<T>().OrderBy(candidate => candidate.Metadata.Name.Length).First(
            candidate => candidate.Metadata.Name.StartsWith(name, StringComparison.Ordinal));

    public T? Find<T>(string? name)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        All<T>().FirstOrDefault(candidate => candidate.Metadata.Name == name);

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline)]
    private static partial Regex Separator();
}
