using Akka.Actor;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Service.Api;

/// <summary>Asks the coordinator of this process.</summary>
/// <param name="coordinator">Tells where it is; null while there is none.</param>
/// <param name="patience">How long it may take to answer.</param>
internal sealed class CoordinatorGateway(Func<IActorRef?> coordinator, TimeSpan patience)
{
    /// <exception cref="ApiException">There is no coordinator, it does not answer, or it says no.</exception>
    public async Task<T> AskAsync<T>(CoordinatorProtocol.IRequest request, CancellationToken cancellation)
    {
        var actor = coordinator() ?? throw ApiException.NotReady("no coordinator is active in this process");
        return await AskAsync(actor, request, cancellation) switch
        {
            T answer => answer,
            CoordinatorProtocol.Declined declined => throw ApiException.Of(declined),
            var other => throw new InvalidOperationException(
                $"The coordinator answered {request.GetType().Name} by {other.GetType().Name}."),
        };
    }

    private async Task<object> AskAsync(IActorRef actor, CoordinatorProtocol.IRequest request, CancellationToken cancellation)
    {
        try
        {
            return await actor.Ask<object>(request, patience, cancellation);
        }
        catch (AskTimeoutException)
        {
            throw ApiException.NoAnswer(patience);
        }
    }
}
