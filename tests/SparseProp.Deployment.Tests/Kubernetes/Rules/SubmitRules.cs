using SparseProp.Results.Texts;
using SparseProp.Sweeps;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>The Job that submits a sweep.</summary>
internal static class SubmitRules
{
    public static readonly Rule Sweep = new("the Job submits a valid sweep", FindInvalidSweep);

    public static readonly Rule Coordinator = new("the Job asks a service that leads to the coordinators, with their token", FindWrongAddress);

    public static IReadOnlyList<Rule> All => [Sweep, Coordinator];

    private static IEnumerable<string> FindInvalidSweep(Manifests manifests)
    {
        foreach (var job in Jobs(manifests))
        {
            using var files = new PodFiles(manifests, job);
            if (job.Container.Args is not ["submit", var path, "--wait"] || !File.Exists(files.Real(path)))
            {
                yield return $"{job} submits no file that it has";
            }
            else if (ErrorIn(files.Real(path)) is { } error)
            {
                yield return $"{job}: {error}";
            }
        }
    }

    private static IEnumerable<string> FindWrongAddress(Manifests manifests)
    {
        foreach (var job in Jobs(manifests))
        {
            var environment = PodEnvironment.Of(manifests, job);
            if (!HostPort.TryParse(environment.GetValueOrDefault("SPARSEPROP_COORDINATOR", ""), out var address)
                || manifests.Find<V1Service>(address.Host) is not { Spec: { ClusterIP: null } service }
                || service.Ports.All(port => port.Port != address.Port))
            {
                yield return $"{job} asks at {address}, where no Service is";
            }

            using var files = new PodFiles(manifests, job);
            if (!File.Exists(files.Real(environment.GetValueOrDefault("SPARSEPROP_TOKEN_FILE", ""))))
            {
                yield return $"{job} has no token";
            }
        }
    }

    private static IEnumerable<Workload> Jobs(Manifests manifests) => manifests.Workloads.Where(workload => workload.Owner is V1Job);

    private static string? ErrorIn(string sweep)
    {
        try
        {
            SweepFile.Load(sweep);
            return null;
        }
        catch (SweepFileException invalid)
        {
            return invalid.Message;
        }
    }
}
