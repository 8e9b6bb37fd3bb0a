using System.Net.Sockets;
using System.Text;

namespace SparseProp.Cluster.Membership;

/// <summary>Finds out why a node that is to be joined cannot be.</summary>
internal static class SeedProbe
{
    private const string Remedy = "--join takes the address at which a node says that it is listening";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>What is at an address, in a sentence, and what should be.</summary>
    public static async Task<string> AskAsync(string host, int port)
    {
        var place = $"{host}:{port}";
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host.Trim('[', ']'), port, patience.Token).ConfigureAwait(false);
        }
        catch (SocketException unreachable)
        {
            return $"nobody is reached at {place} ({unreachable.Message}); {Remedy}";
        }
        catch (OperationCanceledException)
        {
            return $"nobody answers at {place}; {Remedy}";
        }

        return await SpeaksHttpAsync(client, patience.Token).ConfigureAwait(false)
            ? $"{place} speaks HTTP, which nodes do at another port than they are joined by; {Remedy}"
            : $"{place} does not answer as a node of this cluster: it is none, or of the two only one has certificates (--tls); {Remedy}";
    }

    private static async Task<bool> SpeaksHttpAsync(TcpClient client, CancellationToken patience)
    {
        var begin = new byte[5];
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), patience).ConfigureAwait(false);
            await stream.ReadExactlyAsync(begin, patience).ConfigureAwait(false);
        }
        catch (Exception silent) when (silent is IOException or OperationCanceledException)
        {
            return false;
        }

        return Encoding.ASCII.GetString(begin) == "HTTP/";
    }
}
