using System.Globalization;
using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;
using SparseProp.Service.Api.Events;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Palettes;

/// <summary><c>sweep</c>: what runs, and how far it is.</summary>
/// <param name="gateway">The way to the coordinator.</param>
/// <param name="events">What happens.</param>
internal sealed class SweepPalette(CoordinatorGateway gateway, CoordinatorEvents events)
{
    private static readonly PaletteArgument Sweep = new("sweep", "The sweep's name.") { IsMandatory = true, Kind = PaletteValue.Sweep };

    public Palette Create() => new(
        "sweep",
        "Sweeps: what runs, and how far it is.",
        [
            new("list", "List all sweeps.", [PaletteArgument.Json], ListAsync),
            new("status", "Show a sweep, with the latest that was noticed of it.", [Sweep, PaletteArgument.Json], ShowAsync),
            new("watch", "Show a sweep's progress until it is over.", [Sweep], WatchAsync),
            Change("cancel", "Stop a sweep; what is recorded stays, and 'resume' goes on from there.", name => new Cancel(name)),
            Change("pause", "Grant no more points of a sweep.", name => new Pause(name)),
            Change("resume", "Go on with a paused sweep.", name => new Resume(name)),
            Change("retry-failed", "Run a sweep's failed points again.", name => new RetryFailed(name)),
        ]);

    private PaletteCommand Change(string name, string description, Func<string, IRequest> requestFor) => new(
        name,
        description,
        [Sweep, PaletteArgument.Json],
        async (call, cancellation) =>
            await WriteAsync(call, await gateway.AskAsync<SweepStatus>(requestFor(call.Get(Sweep.Name)), cancellation), cancellation));

    private async Task ListAsync(PaletteCall call, CancellationToken cancellation)
    {
        var list = await gateway.AskAsync<SweepList>(new ListSweeps(), cancellation);
        List<SweepDocument> sweeps = [.. list.Sweeps.Select(SweepDocument.Of)];
        await call.WriteAsync(
            call.Json
                ? JsonSerializer.Serialize(new SweepListDocument(sweeps), ApiJson.Default.SweepListDocument)
                : TextTable.Format(
                    ["sweep", "state", ">done", ">points", ">recorded", ">failed", ">leased", ">divergent", ">not reached", ">priority"],
                    sweeps.Select(sweep => (IReadOnlyList<string>)[
                        sweep.Name,
                        StateOf(sweep),
                        Percent(sweep),
                        Number(sweep.Points),
                        Number(sweep.Recorded),
                        Number(sweep.Failed),
                        Number(sweep.Leased),
                        Number(sweep.Divergent),
                        Number(sweep.NotReached),
                        Number(sweep.Priority),
                    ]),
                    call.Width),
            cancellation);
    }

    private async Task ShowAsync(PaletteCall call, CancellationToken cancellation) =>
        await WriteAsync(call, await gateway.AskAsync<SweepStatus>(new GetSweep(call.Get(Sweep.Name)), cancellation), cancellation);

    private async Task WatchAsync(PaletteCall call, CancellationToken cancellation)
    {
        var name = call.Get(Sweep.Name);
        var listener = await events.ListenAsync(name, cancellation);
        try
        {
            string? shown = null;
            while (true)
            {
                var sweep = events.Picture.Sweeps.TryGetValue(name, out var known) ? known.Document : throw ApiException.NoSweep(name);
                foreach (var notice in listener.TakeNotices())
                {
                    await call.WriteAsync(VisibleText.Line(notice.Message), cancellation);
                }

                var line = Line(sweep);
                if (line != shown)
                {
                    await call.WriteAsync(line, cancellation);
                    shown = line;
                }

                if (sweep.IsOver)
                {
                    return;
                }

                await listener.WaitAsync(Timeout.InfiniteTimeSpan, cancellation);
            }
        }
        finally
        {
            events.Remove(listener);
        }
    }

    private static Task WriteAsync(PaletteCall call, SweepStatus status, CancellationToken cancellation)
    {
        var sweep = SweepDocument.Of(status);
        return call.WriteAsync(
            call.Json
                ? JsonSerializer.Serialize(sweep, ApiJson.Default.SweepDocument)
                : string.Join('\n', sweep.Notices.Select(VisibleText.Line).Prepend(Line(sweep))),
            cancellation);
    }

    private static string Line(SweepDocument sweep) => VisibleText.Line(string.Create(
        CultureInfo.InvariantCulture,
        $"{sweep.Name}: {StateOf(sweep)}, {Percent(sweep)} of the work done, {sweep.Recorded} of {Counted.Of(sweep.Points, "point")} recorded, {sweep.Failed} failed, {sweep.Leased} leased, {sweep.Divergent} divergent,{NotReached(sweep)} priority {sweep.Priority}"));

    private static string NotReached(SweepDocument sweep) =>
        sweep.NotReached > 0 ? string.Create(CultureInfo.InvariantCulture, $" {sweep.NotReached} did not reach what until asks for,") : "";

    private static string StateOf(SweepDocument sweep) => sweep.Problem is { } problem ? $"stuck ({problem})" : sweep.State;

    private static string Percent(SweepDocument sweep) => sweep.WorkDone.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
