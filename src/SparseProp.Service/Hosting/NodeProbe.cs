using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;

namespace SparseProp.Service.Hosting;

/// <summary>Asks a node for its health, as those do who start and watch it.</summary>
public static class NodeProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <param name="http">Where the node serves HTTP.</param>
    /// <param name="isLiveEnough">Whether it is enough that the process serves, even if it is not ready.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What it says; what went wrong where it says nothing.</returns>
    public static async Task<HealthDocument> AskAsync(HostPort http, bool isLiveEnough, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(http);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout };
        var address = new Uri(http.ToUri(), isLiveEnough ? HealthRoutes.Live : HealthRoutes.Ready);
        try
        {
            // Whoever is not ready says why with another status.
            using var answer = await client.GetAsync(address, cancellation);
            return JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(cancellation), ApiJson.Default.HealthDocument)
                ?? Silent($"{http} answers, but not as a node");
        }
        catch (JsonException)
        {
            return Silent($"{http} answers, but not as a node");
        }
        catch (HttpRequestException unreachable)
        {
            return Silent(unreachable.InnerException?.Message is { } cause ? $"{http}: {cause}" : unreachable.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Silent($"{http} does not answer within {Timeout.TotalSeconds:0} s");
        }
    }

    private static HealthDocument Silent(string reason) => new(false, [reason]);
}
