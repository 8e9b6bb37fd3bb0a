using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>Answers everything alike, on a free port of loopback.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _served;

    private CannedServer(byte[] answer)
    {
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public string Address => $"{_listener.LocalEndpoint}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often it has answered.</summary>
    public int Served => Volatile.Read(ref _served);

    public static CannedServer Of(string mediaType, string body, string status = "200 OK") => new(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status}\r\nContent-Type: {mediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}")));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(connection, answer);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient connection, byte[] answer)
    {
        try
        {
            var stream = connection.GetStream();
            await stream.ReadAtLeastAsync(new byte[65536], 1, throwOnEndOfStream: false);
            Interlocked.Increment(ref _served);
            await stream.WriteAsync(answer);
            connection.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // Whoever asked has gone.
        }
    }
}
