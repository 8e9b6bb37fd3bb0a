using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>Environment variables as Kubernetes gives them to a pod's process.</summary>
internal static partial class PodEnvironment
{
    private const string SomePodAddress = "10.1.2.3";

    /// <param name="manifests">Where its ConfigMaps are.</param>
    /// <param name="workload">Whose pod it is.</param>
    /// <param name="ordinal">Which of its pods, from 0.</param>
    public static Dictionary<string, string> Of(Manifests manifests, Workload workload, int ordinal = 0)
    {
        Dictionary<string, string> environment = [];
        foreach (var source in workload.Container.EnvFrom ?? [])
        {
            foreach (var (name, value) in manifests.Find<V1ConfigMap>(source.ConfigMapRef?.Name)?.Data ?? new Dictionary<string, string>())
            {
                environment[$"{source.Prefix}{name}"] = value;
            }
        }

        foreach (var variable in workload.Container.Env ?? [])
        {
            environment[variable.Name] = variable.ValueFrom is { } source
                ? ValueFrom(source, workload, ordinal)
                // As Kubernetes does: only what is set before counts, the rest stays as it is written.
                : Reference().Replace(
                    variable.Value ?? "", reference => environment.GetValueOrDefault(reference.Groups["name"].Value, reference.Value));
        }

        return environment;
    }

    /// <summary>Variables that others refer to.</summary>
    public static IEnumerable<string> ReferencesIn(Workload workload) =>
        (workload.Container.Env ?? []).SelectMany(variable => Reference().Matches(variable.Value ?? ""))
            .Select(match => match.Groups["name"].Value);

    private static string ValueFrom(V1EnvVarSource source, Workload workload, int ordinal) => source switch
    {
        { FieldRef.FieldPath: "metadata.name" } => string.Create(CultureInfo.InvariantCulture, $"{workload.Name}-{ordinal}"),
        { FieldRef.FieldPath: "status.podIP" } => SomePodAddress,
        { ResourceFieldRef: { Resource: "requests.cpu" } field } when field.ContainerName == workload.Container.Name =>
            Math.Ceiling(workload.Container.Resources.Requests["cpu"].ToDecimal() / field.Divisor.ToDecimal())
                .ToString("0", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{workload}: the test knows no such source of a variable"),
    };

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_][A-Za-z0-9_]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
