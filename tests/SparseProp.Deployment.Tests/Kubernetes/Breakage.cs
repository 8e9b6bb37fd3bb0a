using SparseProp.Deployment.Tests.Kubernetes.Rules;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>A mistake in manifests, and the rule that is there to notice it.</summary>
internal sealed record Breakage(Rule Rule, string Mistake, Action<Manifests> Make)
{
    private const string Component = "app.kubernetes.io/component";

    public static readonly IReadOnlyList<Breakage> All =
    [
        new(SelectorRules.OwnPods, "a selector that its pods do not match",
            m => Coordinators(m).Spec.Selector.MatchLabels[Component] = "worker"),
        new(SelectorRules.OwnPods, "a selector that matches all nodes", m => Workers(m).Spec.Selector.MatchLabels.Remove(Component)),
        new(SelectorRules.OwnPods, "a spread of others",
            m => WorkerPod(m).TopologySpreadConstraints[0].LabelSelector.MatchLabels[Component] = "client"),
        new(SelectorRules.SomePods, "a service of nobody", m => Api(m).Spec.Selector[Component] = "coordinators"),
        new(SelectorRules.SomePods, "a budget of nobody", m => Budget(m).Spec.Selector.MatchLabels[Component] = "workers"),
        new(SelectorRules.SomePods, "a policy for nobody", m => Policy(m, "coordinator").Spec.PodSelector.MatchLabels[Component] = "c"),

        new(PortRules.Services, "a service to a port of another name", m => Api(m).Spec.Ports[0].TargetPort = "web"),
        new(PortRules.Services, "a service to a port of another number", m => Api(m).Spec.Ports[0].TargetPort = 9111),
        new(PortRules.Probes, "a probe at a port of another name", m => WorkerOf(m).LivenessProbe.HttpGet.Port = "health"),
        new(PortRules.Probes, "a probe at a port that speaks no HTTP", m => WorkerOf(m).ReadinessProbe.HttpGet.Port = "remoting"),
        new(PortRules.Probes, "a standby that is killed for standing by",
            m => CoordinatorOf(m).LivenessProbe.HttpGet.Path = "/health/ready"),
        new(PortRules.Probes, "no readiness", m => WorkerOf(m).ReadinessProbe = null),
        new(PortRules.Listening, "a declared port where nobody listens", m => WorkerOf(m).Ports[0].ContainerPort = 4054),
        new(PortRules.Listening, "a node that listens on loopback", m => Settings(m)["SPARSEPROP_HTTP"] = "127.0.0.1:9110"),

        new(PolicyRules.Talks, "a policy for another port", m => Policy(m, "node").Spec.Ingress[0].Ports[0].Port = 4054),
        new(PolicyRules.Talks, "a client that may reach all ports", m => Policy(m, "coordinator").Spec.Ingress[0].Ports = null),
        new(PolicyRules.Talks, "a client that may not go out", m => Policy(m, "client").Spec.Egress.RemoveAt(0)),
        new(PolicyRules.Talks, "an API for all pods", m => Policy(m, "coordinator").Spec.Ingress[0].FromProperty = null),
        new(PolicyRules.Names, "no name service", m => Policy(m, "node").Spec.Egress.RemoveAt(1)),

        new(ReferenceRules.Objects, "a ConfigMap that is not there", m => CoordinatorOf(m).EnvFrom[0].ConfigMapRef.Name = "sparseprop"),
        new(ReferenceRules.Objects, "a Secret that is not there", m => VolumeOf(m, "keys").Secret.SecretName = "keys"),
        new(ReferenceRules.Objects, "a key that the Secret does not have", m => m.Get<V1Secret>("sparseprop-keys").Data.Remove("ca.pem")),
        new(ReferenceRules.Objects, "a claim that is not there", m => VolumeOf(m, "store").PersistentVolumeClaim.ClaimName = "store"),
        new(ReferenceRules.Objects, "an account that is not there", m => WorkerPod(m).ServiceAccountName = "worker"),
        new(ReferenceRules.Objects, "a service name that is no headless service's", m => Coordinators(m).Spec.ServiceName = "sparseprop"),
        new(ReferenceRules.Objects, "an autoscaler of nothing", m => Autoscaler(m).Spec.ScaleTargetRef.Name = "worker"),
        new(ReferenceRules.Mounts, "a mount of nothing", m => CoordinatorOf(m).VolumeMounts[0].Name = "stores"),
        new(ReferenceRules.Mounts, "two volumes of one name", m => VolumeOf(m, "tmp").Name = "keys"),
        new(ReferenceRules.Names, "a name with an underscore", m => Api(m).Metadata.Name = "sparse_prop"),
        new(ReferenceRules.Names, "another namespace", m => Api(m).Metadata.NamespaceProperty = "default"),
        new(ReferenceRules.Names, "a name twice", m => Names(m).Metadata.Name = "sparseprop"),

        new(SettingRules.Known, "a setting with a mistake in it", m => Settings(m)["SPARSEPROP_LEASETIME"] = "30s"),
        new(SettingRules.Known, "a variable that nothing refers to", m => WorkerOf(m).Env[1].Value = "10.0.0.1:4053"),
        new(SettingRules.Accepted, "a value that is no duration", m => Settings(m)["SPARSEPROP_DRAIN"] = "30"),
        new(SettingRules.Accepted, "a coordinator without a token", m => CoordinatorOf(m).Env.RemoveAt(3)),
        new(SettingRules.Accepted, "nodes without TLS", m => Take(Settings(m), "SPARSEPROP_TLS", "SPARSEPROP_TLS_CA")),
        new(SettingRules.Accepted, "a certificate at another path", m => WorkerOf(m).VolumeMounts[0].MountPath = "/keys"),
        new(SettingRules.Accepted, "a certificate that is not among the mounted keys",
            m => WorkerPod(m).Volumes[0].Secret.Items.RemoveAt(1)),
        new(SettingRules.Accepted, "a worker that joins nobody", m => Settings(m).Remove("SPARSEPROP_JOIN")),
        new(SettingRules.Accepted, "a name that is not expanded",
            m => CoordinatorOf(m).Env[1].Value = "$(POD).sparseprop-coordinators:4053"),
        new(SettingRules.Seeds, "one coordinator more than nodes join", m => Coordinators(m).Spec.Replicas = 4),
        new(SettingRules.Seeds, "one coordinator fewer than nodes join", m => Coordinators(m).Spec.Replicas = 2),
        new(SettingRules.Seeds, "names that Kubernetes does not give", m => Coordinators(m).Metadata.Name = "coordinator"),
        new(SettingRules.Seeds, "names of ready pods only", m => Names(m).Spec.PublishNotReadyAddresses = null),
        new(SettingRules.Grace, "a drain as long as the pod is given", m => Settings(m)["SPARSEPROP_DRAIN"] = "60s"),
        new(SettingRules.Grace, "coordinators that are given Kubernetes' 30 s",
            m => CoordinatorPod(m).TerminationGracePeriodSeconds = null),
        new(SettingRules.ServiceLinks, "service links", m => WorkerPod(m).EnableServiceLinks = null),

        new(StoreRules.Outlives, "a store in an emptyDir", MakeStoreTemporary),
        new(StoreRules.Outlives, "a store beside the volume", m => CoordinatorOf(m).Env[2].Value = "/var/lib/stores"),
        new(StoreRules.Outlives, "a shared store that one machine mounts", m => SharedClaim(m).Spec.AccessModes = ["ReadWriteOnce"]),
        new(StoreRules.Outlives, "a store for each coordinator", MakeStoresApart),
        new(StoreRules.TwoSeeds, "a single coordinator that remembers nothing", m =>
        {
            MakeStoreTemporary(m);
            Settings(m)["SPARSEPROP_JOIN"] = "sparseprop-coordinator-0.sparseprop-coordinators:4053";
        }),

        new(PodRules.Rights, "root", m => WorkerPod(m).SecurityContext.RunAsNonRoot = null),
        new(PodRules.Rights, "all system calls", m => WorkerPod(m).SecurityContext.SeccompProfile.Type = "Unconfined"),
        new(PodRules.Rights, "capabilities", m => WorkerOf(m).SecurityContext.Capabilities.Add = ["SYS_NICE"]),
        new(PodRules.Rights, "a writable root", m => WorkerOf(m).SecurityContext.ReadOnlyRootFilesystem = null),
        new(PodRules.Rights, "an API token", m => WorkerPod(m).AutomountServiceAccountToken = null),
        new(PodRules.Rights, "the machine's network", m => WorkerPod(m).HostNetwork = true),
        new(PodRules.Rights, "keys that everybody reads", m => VolumeOf(m, "keys").Secret.DefaultMode = null),
        new(PodRules.Images, "whatever is the latest", m => WorkerOf(m).Image = "sparseprop:latest"),
        new(PodRules.Images, "no tag", m => WorkerOf(m).Image = "sparseprop"),
        new(PodRules.Resources, "nothing reserved", m => WorkerOf(m).Resources.Requests.Remove("cpu")),
        new(PodRules.Resources, "no bound", m => WorkerOf(m).Resources.Limits = null),
        new(PodRules.Resources, "a bound below what is reserved",
            m => WorkerOf(m).Resources.Limits["memory"] = new ResourceQuantity("1Gi")),
        new(PodRules.Scratch, "no /tmp", m => WorkerOf(m).VolumeMounts[1].MountPath = "/var/tmp"),

        new(AvailabilityRules.Standbys, "coordinators one after another", m => Coordinators(m).Spec.PodManagementPolicy = null),
        new(AvailabilityRules.Standbys, "a rolling update", m => Coordinators(m).Spec.UpdateStrategy = null),
        new(AvailabilityRules.Standbys, "a budget for coordinators", m => Budget(m).Spec.Selector.MatchLabels[Component] = "coordinator"),
        new(AvailabilityRules.Budgets, "a budget of none", m => Budget(m).Spec.MaxUnavailable = 0),
        new(AvailabilityRules.Budgets, "a budget that keeps broken pods", m => Budget(m).Spec.UnhealthyPodEvictionPolicy = null),
        new(AvailabilityRules.Autoscaling, "a number beside the autoscaler's", m => Workers(m).Spec.Replicas = 2),
        new(AvailabilityRules.Autoscaling, "a range that is none", m => Autoscaler(m).Spec.MinReplicas = 64),
        new(AvailabilityRules.Spread, "no spread", m => WorkerPod(m).TopologySpreadConstraints = null),

        new(SubmitRules.Sweep, "a sweep that is not mounted", m => SubmitOf(m).Args[1] = "/sweep/other.yaml"),
        new(SubmitRules.Sweep, "an invalid sweep", m => m.Get<V1ConfigMap>("sparseprop-sweep").Data["sweep.yaml"] = "name: first"),
        new(SubmitRules.Coordinator, "a name of no service", m => SubmitOf(m).Env[0].Value = "coordinator:9110"),
        new(SubmitRules.Coordinator, "a port of no service", m => SubmitOf(m).Env[0].Value = "sparseprop:80"),
        new(SubmitRules.Coordinator, "no token", m => SubmitOf(m).Env.RemoveAt(1)),
    ];

    public override string ToString() => Mistake;

    private static V1StatefulSet Coordinators(Manifests manifests) => manifests.Get<V1StatefulSet>("sparseprop-coordinator");

    private static V1Deployment Workers(Manifests manifests) => manifests.Get<V1Deployment>("sparseprop-worker");

    private static V1PodSpec CoordinatorPod(Manifests manifests) => Coordinators(manifests).Spec.Template.Spec;

    private static V1PodSpec WorkerPod(Manifests manifests) => Workers(manifests).Spec.Template.Spec;

    private static V1Container CoordinatorOf(Manifests manifests) => CoordinatorPod(manifests).Containers[0];

    private static V1Container WorkerOf(Manifests manifests) => WorkerPod(manifests).Containers[0];

    private static V1Service Api(Manifests manifests) => manifests.Get<V1Service>("sparseprop");

    private static V1Service Names(Manifests manifests) => manifests.Get<V1Service>("sparseprop-coordinators");

    private static V1PodDisruptionBudget Budget(Manifests manifests) => manifests.Get<V1PodDisruptionBudget>("sparseprop-worker");

    private static V2HorizontalPodAutoscaler Autoscaler(Manifests manifests) => manifests.Get<V2HorizontalPodAutoscaler>("sparseprop-worker");

    private static V1NetworkPolicy Policy(Manifests manifests, string name) => manifests.Get<V1NetworkPolicy>($"sparseprop-{name}");

    private static V1PersistentVolumeClaim SharedClaim(Manifests manifests) => manifests.Get<V1PersistentVolumeClaim>("sparseprop-store");

    private static V1Container SubmitOf(Manifests manifests) => manifests.Get<V1Job>("sparseprop-submit").Spec.Template.Spec.Containers[0];

    private static V1Volume VolumeOf(Manifests manifests, string name) =>
        CoordinatorPod(manifests).Volumes.Single(volume => volume.Name == name);

    private static IDictionary<string, string> Settings(Manifests manifests) =>
        manifests.All<V1ConfigMap>().Single(map => map.Data.ContainsKey("SPARSEPROP_LISTEN")).Data;

    private static void Take(IDictionary<string, string> settings, params string[] names)
    {
        foreach (var name in names)
        {
            settings.Remove(name);
        }
    }

    private static void MakeStoreTemporary(Manifests manifests)
    {
        var store = VolumeOf(manifests, "store");
        store.PersistentVolumeClaim = null;
        store.EmptyDir = new V1EmptyDirVolumeSource();
    }

    private static void MakeStoresApart(Manifests manifests)
    {
        var set = Coordinators(manifests);
        set.Spec.Template.Spec.Volumes.Remove(VolumeOf(manifests, "store"));
        set.Spec.VolumeClaimTemplates =
        [
            new V1PersistentVolumeClaim
            {
                Metadata = new V1ObjectMeta { Name = "store" },
                Spec = new V1PersistentVolumeClaimSpec { AccessModes = ["ReadWriteMany"] },
            },
        ];
    }
}
