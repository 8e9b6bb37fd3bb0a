using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using SparseProp.Cluster.Membership;

namespace SparseProp.Service.Palettes;

/// <summary><c>actor</c>: what lives in the node that is asked.</summary>
/// <param name="membership">The cluster that it is in; null while it is in none.</param>
internal sealed class ActorPalette(Func<ClusterMembership?> membership)
{
    // A hierarchy of a busy node is large, and reading it takes no lock.
    private const int MostActors = 10_000;

    private static readonly PaletteArgument Depth =
        new("depth", "How many levels to show.") { Switches = ["-d", "--depth"], Default = "4", Kind = PaletteValue.Number };

    private static readonly PaletteArgument Start =
        new("start", "Where to begin, such as /user/coordinator.") { Switches = ["-s", "--start"], Default = "/user" };

    public Palette Create() => new(
        "actor",
        "Actors of the node.",
        [
            new("system", "Show the actor system.", [PaletteArgument.Json], ShowAsync),
            new("hierarchy", "Show the actors below a path.", [Depth, Start], ListAsync),
        ]);

    private ExtendedActorSystem Require() =>
        membership()?.System as ExtendedActorSystem ?? throw PaletteException.Failed("this node has no actor system at the moment; try again in a few seconds");

    private Task ShowAsync(PaletteCall call, CancellationToken cancellation)
    {
        var found = Require();
        var (name, address, seconds) = (found.Name, found.Provider.DefaultAddress.ToString(), Math.Round(found.Uptime.TotalSeconds));
        return call.WriteAsync(
            call.Json
                ? JsonSerializer.Serialize(new { name, address, uptime_s = seconds, akka = AkkaVersion })
                : string.Create(
                    CultureInfo.InvariantCulture, $"name     {name}\naddress  {address}\nuptime   {TimeSpan.FromSeconds(seconds)}\nakka     {AkkaVersion}"),
            cancellation);
    }

    private static string AkkaVersion => typeof(ActorSystem).Assembly.GetName().Version!.ToString(3);

    private async Task ListAsync(PaletteCall call, CancellationToken cancellation)
    {
        var start = call.Get(Start.Name);
        var elements = start.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var actor = elements.Aggregate((IActorRef)Require().Provider.RootGuardian, (parent, name) => ChildOf(parent, name)
            ?? throw PaletteException.Failed($"there is no actor {start}; 'actor hierarchy -s /' shows what there is"));
        var left = MostActors;
        foreach (var line in Below(actor, 0, call.GetNumber(Depth.Name)))
        {
            if (left-- == 0)
            {
                await call.WriteAsync($"(only the first {MostActors} are shown; begin further down with -s)", cancellation);
                return;
            }

            await call.WriteAsync(line, cancellation);
        }
    }

    private static IEnumerable<string> Below(IActorRef actor, int level, int depth)
    {
        yield return new string(' ', 2 * level) + (level == 0 ? actor.Path.ToStringWithoutAddress() : actor.Path.Name);
        if (level == depth)
        {
            yield break;
        }

        foreach (var line in ChildrenOf(actor).OrderBy(child => child.Path.Name, StringComparer.Ordinal).SelectMany(child => Below(child, level + 1, depth)))
        {
            yield return line;
        }
    }

    private static IActorRef? ChildOf(IActorRef actor, string name) => ChildrenOf(actor).FirstOrDefault(child => child.Path.Name == name);

    private static IEnumerable<IActorRef> ChildrenOf(IActorRef actor) => actor is ActorRefWithCell cell ? cell.Children : [];
}
