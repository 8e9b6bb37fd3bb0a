using SparseProp.Service.Hosting.Options;

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>A workload whose pods are nodes of the sweeps' cluster.</summary>
/// <param name="Manifests">What is applied beside it.</param>
/// <param name="Workload">The workload.</param>
/// <param name="Role">What its nodes are there for.</param>
internal sealed record Node(Manifests Manifests, Workload Workload, NodeRole Role)
{
    /// <summary>The nodes of a workload; null where its program is no node.</summary>
    public static Node? In(Manifests manifests, Workload workload) => workload.Container.Args switch
    {
        ["node", "coordinator", ..] => new(manifests, workload, NodeRole.Coordinator),
        ["node", "worker", ..] => new(manifests, workload, NodeRole.Worker),
        _ => null,
    };

    /// <summary>Its settings as the program reads them.</summary>
    /// <param name="ordinal">Of which pod, from 0.</param>
    /// <exception cref="NodeOptionsException">The program refuses them.</exception>
    public NodeOptions Read(int ordinal = 0)
    {
        using var files = new PodFiles(Manifests, Workload);
        var environment = PodEnvironment.Of(Manifests, Workload, ordinal).ToDictionary(
            variable => variable.Key, variable => files.Real(variable.Value));
        return NodeOptionsReader.Read(Role, new Dictionary<string, string>(), environment, configFile: null);
    }

    /// <summary>Its settings as the program reads them; null where it refuses them, which is another rule's business.</summary>
    public NodeOptions? TryRead(int ordinal = 0)
    {
        try
        {
            return Read(ordinal);
        }
        catch (NodeOptionsException)
        {
            return null;
        }
    }

    public override string ToString() => Workload.ToString();
}
