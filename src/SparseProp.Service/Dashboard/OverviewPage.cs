using System.Globalization;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Dashboard;

/// <summary>All sweeps, workers and members at a glance.</summary>
internal static class OverviewPage
{
    public static Html Content(
        IReadOnlyList<SweepDocument> sweeps, ClusterDocument cluster, IReadOnlyList<MemberDocument> members, SweepPaces paces) => Html.Of($"""
        <h1>Cluster</h1>
        <p>{Counted.Of(cluster.Workers.Count, "worker")}, {Counted.Of(cluster.Workers.Sum(worker => worker.Slots), "slot")}, coordinator {cluster.Build}, epoch {cluster.Epoch}</p>
        <h2>Sweeps</h2>
        {Sweeps(sweeps, paces)}
        <h2>Workers</h2>
        {Workers(cluster.Workers)}
        <h2>Members</h2>
        {Page.Table("Nodes of the cluster", ["address", "roles", "status", "build"], members.Select(Row))}
        """);

    private static Html Sweeps(IReadOnlyList<SweepDocument> sweeps, SweepPaces paces) => sweeps.Count == 0
        ? Html.Of($"""<p>None yet. <code>sparseprop submit sweep.yaml</code> starts one.</p>""")
        : Html.All(sweeps.Select(sweep => Html.Of($"""
            <section class="sweep" aria-label="{sweep.Name}"><h3><a href="/sweeps/{sweep.Name}">{sweep.Name}</a></h3>{SweepPage.State(sweep, paces)}</section>
            """)));

    private static Html Workers(IReadOnlyList<WorkerDocument> workers) => workers.Count == 0
        ? Html.Of($"""<p>None. <code>sparseprop node worker --join HOST:PORT</code> starts one.</p>""")
        : Page.Table("Workers that take part", ["worker", "host", "slots", "memory", "points held", "state"], workers.Select(worker => Page.Row(
            Html.Of($"{worker.Name}"),
            worker.Host,
            worker.Slots.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{worker.MemoryBytes / (double)(1 << 30):0.#} GiB"),
            worker.OpenPoints.ToString(CultureInfo.InvariantCulture),
            worker.Describe())));

    private static Html Row(MemberDocument member) => Page.Row(
        Html.Of($"{member.Address}"),
        string.Join(", ", member.Roles) + (member.Singleton ? " (active)" : ""),
        member.Reachable ? member.Status : $"{member.Status}, out of reach",
        member.Build);
}
