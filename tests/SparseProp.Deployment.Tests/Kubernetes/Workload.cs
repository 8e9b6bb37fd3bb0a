using k8s;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>Something that makes pods.</summary>
/// <param name="Owner">The object.</param>
/// <param name="Template">What its pods are like.</param>
/// <param name="Selector">How it knows them again; null where Kubernetes sees to that.</param>
/// <param name="Replicas">How many there are; null where it does not say.</param>
/// <param name="Claims">Volumes that each pod has for itself.</param>
internal sealed record Workload(
    IKubernetesObject<V1ObjectMeta> Owner,
    V1PodTemplateSpec Template,
    V1LabelSelector? Selector,
    int? Replicas,
    IList<V1PersistentVolumeClaim> Claims)
{
    public string Name => Owner.Metadata.Name;

    public V1PodSpec Pod => Template.Spec;

    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    /// <summary>The pod's only container.</summary>
    public V1Container Container => Pod.Containers.Single();

    /// <summary>Numbers of ports that a port of a Service, a probe or a policy means, by name or number.</summary>
    public IEnumerable<int> PortsOf(IntOrString port) =>
        from declared in Container.Ports ?? []
        where declared.Name == port.Value || declared.ContainerPort.ToString(System.Globalization.CultureInfo.InvariantCulture) == port.Value
        select declared.ContainerPort;

    public override string ToString() => $"{Owner.Kind} {Name}";
}
