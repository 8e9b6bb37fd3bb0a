using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Service.Api;

/// <summary>
/// Ready is who answers and can write: a coordinator that stands by, or still reads its stores, is not. One with a stuck sweep is, for
/// the others go on, and whoever gets the stuck one going has to reach it.
/// </summary>
/// <param name="gateway">Asks the coordinator.</param>
/// <param name="storeProblem">Tells why the stores cannot be written; null where they can.</param>
internal sealed class CoordinatorReadiness(CoordinatorGateway gateway, Func<string?> storeProblem)
{
    public async Task<HealthDocument> FindAsync(CancellationToken cancellation)
    {
        try
        {
            var cluster = await gateway.AskAsync<ClusterStatus>(new CoordinatorProtocol.GetCluster(), cancellation);
            var stuck = cluster.StuckSweeps
                .OrderBy(sweep => sweep.Key, StringComparer.Ordinal)
                .Select(sweep => $"sweep {sweep.Key} is stuck: {sweep.Value}");
            return storeProblem() is { } problem ? new HealthDocument(false, [problem, .. stuck]) : new HealthDocument(true, [.. stuck]);
        }
        catch (ApiException refused)
        {
            return new HealthDocument(false, [refused.Problem.Detail]);
        }
    }
}
