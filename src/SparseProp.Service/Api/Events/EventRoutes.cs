using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Service.Api.Description;
using SparseProp.Service.Api.Limits;

namespace SparseProp.Service.Api.Events;

/// <summary>What happens, as it happens, as server-sent events.</summary>
/// <param name="events">What all listeners are told.</param>
/// <param name="streams">Places for listeners.</param>
/// <param name="heartbeat">How long a stream may be silent.</param>
internal sealed class EventRoutes(CoordinatorEvents events, OpenStreams streams, TimeSpan heartbeat)
{
    private const string Tag = "events";

    private static readonly RouteAnswer Stream = new(
        StatusCodes.Status200OK,
        "Events `sweep` (SweepDocument), `deleted` (DeletedSweepDocument), `cluster` (ClusterStateDocument) and `notice` (NoticeDocument), "
        + "whose data are JSON; the first of all events is `state` (StateDocument).")
    {
        MediaTypes = [EventStream.MediaType],
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/api/v1/events",
            new RouteDescription("streamEvents", Tag, "What happens to sweeps and cluster, as it happens; begins with the state of all.")
            {
                Answers = [Stream],
            },
            context => StreamAsync(context, sweep: null));
        routes.MapGet(
            $"{SweepRoutes.Sweep}/events",
            new RouteDescription(
                "streamSweepEvents", Tag, "What happens to a sweep, as it happens; begins with the sweep and ends when it is finished or cancelled.")
            {
                Parameters = [SweepName.InPath],
                Answers = [Stream],
                Problems = [StatusCodes.Status404NotFound],
            },
            context => StreamAsync(context, SweepName.Of(context)));
    }

    private Task StreamAsync(HttpContext context, string? sweep) => streams.StreamAsync(context, async cancellation =>
    {
        var listener = await events.ListenAsync(sweep, cancellation);
        try
        {
            var view = new EventView(sweep);
            var picture = events.Picture;
            if (sweep is not null && !picture.Sweeps.ContainsKey(sweep))
            {
                throw ApiException.NoSweep(sweep);
            }

            var stream = new EventStream(context.Response);
            view.Show(picture, stream);
            await stream.SendAsync(cancellation);
            while (!view.IsOver && !listener.IsOver)
            {
                await ShowNextAsync(listener, view, stream, cancellation);
            }
        }
        finally
        {
            events.Remove(listener);
        }
    });

    private async Task ShowNextAsync(EventListener listener, EventView view, EventStream stream, CancellationToken cancellation)
    {
        await listener.WaitAsync(heartbeat - stream.Silence, cancellation);
        if (stream.Silence >= heartbeat)
        {
            stream.AddHeartbeat();
        }

        // The picture is taken before the notices: what led to a sweep's end is told before it.
        var picture = events.Picture;
        foreach (var notice in listener.TakeNotices())
        {
            stream.Add("notice", notice, ApiJson.Default.NoticeDocument);
        }

        view.Show(picture, stream);
        await stream.SendAsync(cancellation);
    }
}
