namespace SparseProp.Client.Documents;

/// <summary>The cluster's members as this node sees them.</summary>
/// <param name="Self">Address of the node that answers.</param>
/// <param name="Members">They, the oldest first.</param>
public sealed record MemberListDocument(string Self, IReadOnlyList<MemberDocument> Members);

/// <summary>A node that is a member of the cluster.</summary>
/// <param name="Address">Its address in the cluster.</param>
/// <param name="Roles">What it is there for: <c>coordinator</c>, <c>worker</c> or both.</param>
/// <param name="Status"><c>joining</c>, <c>weakly_up</c>, <c>up</c>, <c>leaving</c>, <c>exiting</c>, <c>down</c> or <c>removed</c>.</param>
/// <param name="Reachable">Whether it can be reached.</param>
/// <param name="Leader">Whether it is the one that admits and removes members.</param>
/// <param name="Singleton">Whether the coordinator is at home there.</param>
/// <param name="Build">Version and commit of its program.</param>
public sealed record MemberDocument(
    string Address, IReadOnlyList<string> Roles, string Status, bool Reachable, bool Leader, bool Singleton, string Build);

/// <summary>Which member is meant.</summary>
/// <param name="Address">Its address as members are listed, or only its host and port.</param>
public sealed record MemberAddressDocument(string Address);

/// <summary>Members that are declared down.</summary>
/// <param name="Downed">Their addresses.</param>
public sealed record DownedDocument(IReadOnlyList<string> Downed);
