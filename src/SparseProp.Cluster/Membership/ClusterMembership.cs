using Akka.Actor;
using Akka.Cluster;
using SparseProp.Results.Texts;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Cluster.Membership;

/// <summary>The cluster's nodes as one of them sees them. For use by any thread.</summary>
internal sealed class ClusterMembership(ClusterExtension cluster)
{
    private static readonly Comparer<Member> ByAge = Comparer<Member>.Create(
        (one, other) => one.Equals(other) ? 0 : one.IsOlderThan(other) ? -1 : 1);

    /// <summary>Whether the node is out of the cluster for good; another takes its place.</summary>
    public bool IsOver => cluster.IsTerminated;

    /// <summary>Address of the node that looks.</summary>
    public string Self => cluster.SelfAddress.ToString();

    /// <summary>The members, the oldest first.</summary>
    public IReadOnlyList<SeenNode> Members
    {
        get
        {
            var state = cluster.State;
            var members = state.Members.Order(ByAge).ToList();
            var singleton = members.Find(
                member => member.HasRole(NodeRoles.Coordinator) && member.Status is MemberStatus.Up or MemberStatus.Leaving);
            return
            [
                .. members.Select(member => new SeenNode(
                    member.Address.ToString(),
                    [.. member.Roles.Order(StringComparer.Ordinal)],
                    member.Status,
                    !state.Unreachable.Contains(member),
                    member.Address.Equals(state.Leader),
                    member == singleton,
                    BuildOf(member))),
            ];
        }
    }

    /// <summary>The member of this address, whole or only host and port; null where there is none.</summary>
    public SeenNode? Find(string address) =>
        Members.FirstOrDefault(member => member.Address == address || member.Address.EndsWith($"@{address}", StringComparison.Ordinal));

    /// <summary>The node's actors.</summary>
    public ActorSystem System => cluster.System;

    /// <summary>Lets this node join another's cluster, unless it is in one.</summary>
    public void Join(HostPort node) => cluster.Join(
        new Address(cluster.SelfAddress.Protocol, cluster.System.Name, node.Host, node.Port));

    /// <summary>Lets a member leave in good order.</summary>
    public void Leave(SeenNode member) => cluster.Leave(Address.Parse(member.Address));

    /// <summary>Declares a member lost.</summary>
    public void Down(SeenNode member) => cluster.Down(Address.Parse(member.Address));

    /// <summary>Declares all members lost that cannot be reached.</summary>
    /// <returns>Their addresses.</returns>
    public IReadOnlyList<string> DownUnreachable()
    {
        var lost = Members.Where(member => !member.IsReachable).ToList();
        lost.ForEach(Down);
        return [.. lost.Select(member => member.Address)];
    }

    private static string BuildOf(Member member) => member.AppVersion.Version;
}

/// <summary>A member of the cluster, as another sees it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Roles">Its roles, by name.</param>
/// <param name="Status">How far in or out it is.</param>
/// <param name="IsReachable">Whether it can be reached.</param>
/// <param name="IsLeader">Whether it admits and removes members.</param>
/// <param name="IsSingleton">Whether the coordinator is at home there.</param>
/// <param name="Build">Version and commit of its program.</param>
internal sealed record SeenNode(
    string Address,
    IReadOnlyList<string> Roles,
    MemberStatus Status,
    bool IsReachable,
    bool IsLeader,
    bool IsSingleton,
    string Build);
