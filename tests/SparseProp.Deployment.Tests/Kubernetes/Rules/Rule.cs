namespace SparseProp.Deployment.Tests.Kubernetes.Rules;

/// <summary>What must hold for manifests, beyond what Kubernetes itself looks at.</summary>
/// <param name="Claim">It, in words.</param>
/// <param name="Violations">Finds where it does not hold, one sentence for each.</param>
internal sealed record Rule(string Claim, Func<Manifests, IEnumerable<string>> Violations)
{
    public static readonly IReadOnlyList<Rule> All =
    [
        .. SelectorRules.All,
        .. PortRules.All,
        .. PolicyRules.All,
        .. ReferenceRules.All,
        .. SettingRules.All,
        .. StoreRules.All,
        .. PodRules.All,
        .. AvailabilityRules.All,
        .. SubmitRules.All,
    ];

    public override string ToString() => Claim;
}
