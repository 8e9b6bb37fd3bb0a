using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Api.Events;

/// <summary>What one listener has been shown, so that it is shown what is new and nothing else.</summary>
/// <param name="sweep">The sweep that it wants to see; null for all.</param>
internal sealed class EventView(string? sweep)
{
    private ClusterPicture? _shown;

    /// <summary>Whether nothing more is to come: the one sweep is finished, cancelled or deleted.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Shows what has changed since the picture before; of the first, all.</summary>
    public void Show(ClusterPicture picture, EventStream stream)
    {
        if (sweep is not null)
        {
            ShowOne(sweep, picture, stream);
        }
        else if (_shown is null)
        {
            stream.Add("state", picture.State, ApiJson.Default.StateDocument);
        }
        else
        {
            ShowChanges(_shown, picture, stream);
        }

        _shown = picture;
    }

    private void ShowOne(string name, ClusterPicture picture, EventStream stream)
    {
        if (picture.Sweeps.TryGetValue(name, out var now))
        {
            if (_shown is null || now.Version > _shown.Version)
            {
                stream.Add("sweep", now.Document, ApiJson.Default.SweepDocument);
            }

            IsOver = now.Document.State is SweepStates.Finished or SweepStates.Cancelled or SweepStates.SetAside;
        }
        else
        {
            AddDeleted(name, stream);
            IsOver = true;
        }
    }

    private static void ShowChanges(ClusterPicture shown, ClusterPicture picture, EventStream stream)
    {
        foreach (var now in picture.Sweeps.Values.Where(now => now.Version > shown.Version))
        {
            stream.Add("sweep", now.Document, ApiJson.Default.SweepDocument);
        }

        foreach (var gone in shown.Sweeps.Keys.Where(name => !picture.Sweeps.ContainsKey(name)))
        {
            AddDeleted(gone, stream);
        }

        if (picture.Cluster.Version > shown.Version)
        {
            stream.Add("cluster", picture.Cluster.Document, ApiJson.Default.ClusterStateDocument);
        }
    }

    private static void AddDeleted(string name, EventStream stream) =>
        stream.Add("deleted", new DeletedSweepDocument(name), ApiJson.Default.DeletedSweepDocument);
}
