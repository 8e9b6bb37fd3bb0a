using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>Which labels a selector means.</summary>
internal static class Labels
{
    public static bool Match(IDictionary<string, string>? selector, IDictionary<string, string> labels) =>
        (selector ?? new Dictionary<string, string>()).All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    public static bool Match(V1LabelSelector? selector, IDictionary<string, string> labels) =>
        Match(selector?.MatchLabels, labels) && (selector?.MatchExpressions ?? []).All(expression => Match(expression, labels));

    private static bool Match(V1LabelSelectorRequirement expression, IDictionary<string, string> labels)
    {
        var value = labels.TryGetValue(expression.Key, out var found) ? found : null;
        return expression.OperatorProperty switch
        {
            "In" => value is not null && expression.Values.Contains(value),
            "NotIn" => value is null || !expression.Values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => throw new ArgumentException($"{expression.OperatorProperty} is no operator of selectors", nameof(expression)),
        };
    }
}
