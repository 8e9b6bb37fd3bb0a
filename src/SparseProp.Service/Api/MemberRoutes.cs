using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Membership;
using SparseProp.Service.Api.Description;

namespace SparseProp.Service.Api;

/// <summary>The nodes of the cluster, as the node of this process sees them, whether or not its coordinator is active.</summary>
internal sealed class MemberRoutes(Func<ClusterMembership?> membership)
{
    private const string Members = $"{ApiRoutes.Cluster}/members";
    private const int MostBodyBytes = 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            Members,
            new RouteDescription("listMembers", ClusterRoutes.Tag, "The cluster's nodes as this one sees them, the oldest first.")
            {
                Answers = [RouteAnswer.Ok<MemberListDocument>("The members.")],
                Problems = [StatusCodes.Status503ServiceUnavailable],
                AsksCoordinator = false,
            },
            ListAsync);
        routes.MapPost(
            $"{Members}/leave",
            Command(
                "leaveCluster",
                "Let a node leave in good order; where its process goes on, it joins again as a new member.",
                "It leaves. Others see it some seconds later."),
            LeaveAsync);
        routes.MapPost(
            $"{Members}/down",
            Command(
                "downMember",
                "Declare a node lost, such as one whose machine is dead, without waiting for the cluster to find out.",
                "It is declared down.",
                StatusCodes.Status409Conflict),
            DownAsync);
        routes.MapPost(
            $"{ApiRoutes.Cluster}/down-unreachable",
            new RouteDescription("downUnreachable", ClusterRoutes.Tag, "Declare all nodes lost that cannot be reached.")
            {
                Answers = [RouteAnswer.Ok<DownedDocument>("They are declared down.")],
                Problems = [StatusCodes.Status503ServiceUnavailable],
                AsksCoordinator = false,
            },
            DownUnreachableAsync);
    }

    private static RouteDescription Command(string name, string summary, string done, params int[] problems) =>
        new(name, ClusterRoutes.Tag, summary)
        {
            Body = new RouteBody("application/json", "Which node.", typeof(MemberAddressDocument), MostBodyBytes),
            Answers = [new RouteAnswer(StatusCodes.Status202Accepted, done, typeof(MemberDocument))],
            Problems = [StatusCodes.Status404NotFound, .. problems, StatusCodes.Status503ServiceUnavailable],
            AsksCoordinator = false,
        };

    private Task ListAsync(HttpContext context)
    {
        var cluster = Require();
        return context.AnswerAsync(
            new MemberListDocument(cluster.Self, [.. cluster.Members.Select(DocumentOf)]), ApiJson.Default.MemberListDocument);
    }

    private async Task LeaveAsync(HttpContext context)
    {
        var (cluster, member) = await FindAsync(context);
        cluster.Leave(member);
        await context.AnswerAsync(DocumentOf(member), ApiJson.Default.MemberDocument, StatusCodes.Status202Accepted);
    }

    private async Task DownAsync(HttpContext context)
    {
        var (cluster, member) = await FindAsync(context);
        if (member.Address == cluster.Self)
        {
            throw ApiException.Of(
                StatusCodes.Status409Conflict, "a node does not declare itself down", "this is the node that answers; let it leave instead");
        }

        cluster.Down(member);
        await context.AnswerAsync(DocumentOf(member), ApiJson.Default.MemberDocument, StatusCodes.Status202Accepted);
    }

    private Task DownUnreachableAsync(HttpContext context) =>
        context.AnswerAsync(new DownedDocument(Require().DownUnreachable()), ApiJson.Default.DownedDocument);

    private async Task<(ClusterMembership Cluster, SeenNode Member)> FindAsync(HttpContext context)
    {
        var wanted = await context.ReadAsync(
            ApiJson.Default.MemberAddressDocument, """an address by name, such as {"address": "10.0.0.7:4053"}""");
        var cluster = Require();
        return cluster.Find(wanted.Address) is { } member
            ? (cluster, member)
            : throw ApiException.NotFound($"no member has the address {wanted.Address}");
    }

    private ClusterMembership Require() =>
        membership() ?? throw ApiException.NotReady("the node of this process is not in a cluster at the moment");

    internal static MemberDocument DocumentOf(SeenNode member) => new(
        member.Address,
        member.Roles,
        ApiJson.NameOf(member.Status),
        member.IsReachable,
        member.IsLeader,
        member.IsSingleton,
        member.Build);
}
