using SparseProp.Deployment.Tests.Kubernetes.Rules;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes;

public sealed class ManifestTests(Kustomize kustomize)
{
    private static readonly string[] Overlays = ["local", "production"];

    public static TheoryData<string> Clusters => [.. Overlays];

    public static TheoryData<string, string> ClustersAndRules =>
        [.. from overlay in Overlays from rule in Rule.All select (overlay, rule.Claim)];

    public static TheoryData<string, string> Breakages =>
        [.. Breakage.All.Select(breakage => (breakage.Rule.Claim, breakage.Mistake))];

    [Theory]
    [MemberData(nameof(ClustersAndRules))]
    public void ARuleHolds(string overlay, string claim)
    {
        var manifests = kustomize.RenderCluster(overlay);

        Assert.Empty(Rule.All.Single(rule => rule.Claim == claim).Violations(manifests));
    }

    [Theory]
    [MemberData(nameof(Breakages))]
    public void ARuleNoticesAMistake(string claim, string mistake)
    {
        var breakage = Breakage.All.Single(breakage => breakage.Rule.Claim == claim && breakage.Mistake == mistake);
        var manifests = kustomize.RenderCluster("production");

        breakage.Make(manifests);

        Assert.NotEmpty(breakage.Rule.Violations(manifests));
    }

    [Fact]
    public void EveryRuleHasAMistakeToNotice() => Assert.Empty(Rule.All.Except(Breakage.All.Select(breakage => breakage.Rule)));

    [Theory]
    [MemberData(nameof(Clusters))]
    public void AClusterHasAllItsParts(string overlay)
    {
        string[] expected =
        [
            "ConfigMap", "ConfigMap", "Deployment", "Job", "Namespace", "NetworkPolicy", "NetworkPolicy", "NetworkPolicy", "PodDisruptionBudget",
            "Secret", "Service", "Service", "ServiceAccount", "StatefulSet",
            .. overlay == "production" ? ["HorizontalPodAutoscaler", "PersistentVolumeClaim"] : Array.Empty<string>(),
        ];

        var manifests = kustomize.RenderCluster(overlay);

        Assert.Equal(expected.Order(), manifests.Objects.Select(described => described.Kind).Order());
        Assert.Equal(overlay == "production" ? 3 : 1, manifests.Get<V1StatefulSet>("sparseprop-coordinator").Spec.Replicas);
    }

    [Theory]
    [InlineData("livenessProbe:", "livenesProbe:")]
    [InlineData("replicas: 1", "replicas: one")]
    [InlineData("kind: StatefulSet", "kind: StatefulSets")]
    [InlineData("  serviceName:", "  serviceName: twice\n  serviceName:")]
    public void AMistakeInADocumentIsAnError(string right, string wrong)
    {
        var document = Manifests.DocumentsOf(kustomize.Render("overlays/local")).Single(
            document => document.Contains("kind: StatefulSet", StringComparison.Ordinal));

        Manifests.ParseOne(document);

        Assert.ThrowsAny<Exception>(() => Manifests.ParseOne(document.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void TheAuthoritysKeyIsNotInTheCluster() =>
        Assert.Equal(["ca.pem", "node.pem", "token"], kustomize.RenderCluster("local").Get<V1Secret>("sparseprop-keys").Data.Keys.Order());

    [Fact]
    public void WorkersDoNotHaveTheToken()
    {
        var manifests = kustomize.RenderCluster("production");
        var worker = manifests.Workloads.Single(workload => workload.Name == "sparseprop-worker");

        using var files = new PodFiles(manifests, worker);

        Assert.True(File.Exists(files.Real("/etc/sparseprop/keys/node.pem")));
        Assert.False(File.Exists(files.Real("/etc/sparseprop/keys/token")));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void AnOlderServerIsGivenWhatItKnows(string overlay)
    {
        kustomize.Write($"older/{overlay}/kustomization.yaml", $"""
            resources:
              - ../../overlays/{overlay}
              - ../../overlays/{overlay}/submit
            components:
              - ../../components/older-api
            """);

        var older = kustomize.Render($"older/{overlay}");

        string[] newer = ["policy/v1", "autoscaling/v2", "unhealthyPodEvictionPolicy:", "podFailurePolicy:"];
        Assert.DoesNotContain(older.Split('\n'), line => newer.Any(
            name => line.Trim() == $"apiVersion: {name}" || line.Trim().StartsWith(name, StringComparison.Ordinal)));
        Assert.Contains("apiVersion: policy/v1beta1", older, StringComparison.Ordinal);
    }
}
