using System.Globalization;
using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Membership;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;

namespace SparseProp.Service.Palettes;

/// <summary><c>cluster</c>: the nodes as the one sees them that is asked.</summary>
/// <param name="membership">The cluster; null while the process is in none.</param>
internal sealed class ClusterPalette(Func<ClusterMembership?> membership)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(0.5);

    private static readonly PaletteArgument Address = new("address", "The node, as HOST:PORT or as 'cluster show' lists it.")
    {
        Switches = ["-a", "--address"],
        Kind = PaletteValue.Node,
    };

    private static readonly PaletteArgument Wanted = Address with { IsMandatory = true };

    public Palette Create() => new(
        "cluster",
        "The cluster's nodes, as this one sees them.",
        [
            new("show", "List the members, the oldest first.", [PaletteArgument.Json], ShowAsync),
            new("status", "Show a member; this node where none is named.", [Address, PaletteArgument.Json], StatusAsync),
            new("leader", "Show who admits and removes members.", [PaletteArgument.Json], LeaderAsync),
            new("join", "Let this node join another's cluster. A node that is in one already does not.", [Wanted], JoinAsync),
            new("leave", "Let a node leave in good order; this node where none is named.", [Address], LeaveAsync),
            new("down", "Declare a node lost, such as one whose machine is dead.", [Wanted], DownAsync),
            new("down-unreachable", "Declare all nodes lost that cannot be reached.", [], DownUnreachableAsync),
            new("tail", "Tell of every change, until interrupted.", [], TailAsync),
        ]);

    private ClusterMembership Require() =>
        membership() ?? throw PaletteException.Failed("this node is not in a cluster at the moment; try again in a few seconds");

    private Task ShowAsync(PaletteCall call, CancellationToken cancellation)
    {
        var cluster = Require();
        return WriteAsync(call, cluster, cluster.Members, cancellation);
    }

    private Task StatusAsync(PaletteCall call, CancellationToken cancellation)
    {
        var cluster = Require();
        return WriteAsync(call, cluster, [Find(cluster, call)], cancellation);
    }

    private Task LeaderAsync(PaletteCall call, CancellationToken cancellation)
    {
        var cluster = Require();
        return WriteAsync(call, cluster, [.. cluster.Members.Where(member => member.IsLeader)], cancellation);
    }

    private Task JoinAsync(PaletteCall call, CancellationToken cancellation)
    {
        var cluster = Require();
        var address = call.Get(Wanted.Name);
        cluster.Join(HostPort.TryParse(address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..], out var node)
            ? node
            : throw PaletteException.Usage($"'{address}' is no address; write HOST:PORT"));
        return call.WriteAsync($"{cluster.Self} is to join {address}; 'cluster tail' shows whether it does", cancellation);
    }

    private Task LeaveAsync(PaletteCall call, CancellationToken cancellation)
    {
        var cluster = Require();
        var member = Find(cluster, call);
        cluster.Leave(member);
        return call.WriteAsync($"{member.Address} leaves; others see it some seconds later", cancellation);
    }

    private Task DownAsync(PaletteCall call, CancellationToken cancellation)
    {
        var cluster = Require();
        var member = Find(cluster, call);
        if (member.Address == cluster.Self)
        {
            throw PaletteException.Failed("this is the node that answers; let it leave instead: cluster leave");
        }

        cluster.Down(member);
        return call.WriteAsync($"{member.Address} is declared down", cancellation);
    }

    private Task DownUnreachableAsync(PaletteCall call, CancellationToken cancellation)
    {
        var downed = Require().DownUnreachable();
        return call.WriteAsync(
            downed.Count == 0 ? "all members can be reached" : string.Join('\n', downed.Select(address => $"{address} is declared down")),
            cancellation);
    }

    private async Task TailAsync(PaletteCall call, CancellationToken cancellation)
    {
        var seen = new Dictionary<string, string>();
        while (true)
        {
            var now = (membership()?.Members ?? []).ToDictionary(member => member.Address, StateOf);
            foreach (var (address, state) in now.Where(member => seen.GetValueOrDefault(member.Key) != member.Value))
            {
                await call.WriteAsync(Line(address, state), cancellation);
            }

            foreach (var address in seen.Keys.Where(address => !now.ContainsKey(address)).ToList())
            {
                await call.WriteAsync(Line(address, "removed"), cancellation);
            }

            seen = now;
            await Task.Delay(LookInterval, cancellation);
        }
    }

    private static string Line(string address, string state) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}  {address}  {state}");

    private static SeenNode Find(ClusterMembership cluster, PaletteCall call)
    {
        var address = call.Has(Address.Name) ? call.Get(Address.Name) : cluster.Self;
        return cluster.Find(address)
            ?? throw PaletteException.Failed($"no member has the address {address}; 'cluster show' lists them");
    }

    private static string StateOf(SeenNode member) => string.Join(
        ", ", MarksOf(member).Prepend(member.IsReachable ? "reachable" : "unreachable").Prepend(ApiJson.NameOf(member.Status)));

    private static IEnumerable<string> MarksOf(SeenNode member) =>
        new[] { (member.IsLeader, "leader"), (member.IsSingleton, "coordinator") }.Where(mark => mark.Item1).Select(mark => mark.Item2);

    private static async Task WriteAsync(
        PaletteCall call, ClusterMembership cluster, IReadOnlyList<SeenNode> members, CancellationToken cancellation)
    {
        if (call.Json)
        {
            var document = new MemberListDocument(cluster.Self, [.. members.Select(MemberRoutes.DocumentOf)]);
            await call.WriteAsync(JsonSerializer.Serialize(document, ApiJson.Default.MemberListDocument), cancellation);
            return;
        }

        var table = TextTable.Format(
            ["address", "roles", "status", "reachable", "marks", "build"],
            members.Select(member => (IReadOnlyList<string>)[
                member.Address,
                string.Join(',', member.Roles),
                ApiJson.NameOf(member.Status),
                member.IsReachable ? "yes" : "no",
                string.Join(',', MarksOf(member)),
                member.Build,
            ]),
            call.Width);
        await call.WriteAsync($"{table}\nCount: {Counted.Of(members.Count, "node")}", cancellation);
    }
}
