using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Akka.Actor;

namespace SparseProp.Cluster.Tests.Hosting.Security;

/// <summary>Someone who has found a node's port and says there what it likes.</summary>
internal sealed class Stranger(Stream stream, int port, string protocol) : IDisposable
{
    private const string System = "stranger";

    private static readonly TimeSpan BetweenHeartbeats = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The address that it claims to have.</summary>
    public Address Address => new($"akka.{protocol}", System, "127.0.0.1", port);

    public static async Task<Stranger> ConnectAsync(Address node)
    {
        var (stream, port) = await OpenAsync(node);
        return new Stranger(stream, port, "tcp");
    }

    /// <summary>Connects over TLS, with a certificate or none.</summary>
    public static async Task<Stranger> ConnectAsync(Address node, X509Certificate2? certificate)
    {
        var (clear, port) = await OpenAsync(node);
        var stream = new SslStream(clear, leaveInnerStreamOpen: false);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificates = certificate is null ? [] : [certificate],
#pragma warning disable CA5359 // A stranger believes anybody.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            Cancellation);
        return new Stranger(stream, port, "ssl.tcp");
    }

    /// <summary>Connects and is taken for another node.</summary>
    /// <param name="node">Where to.</param>
    /// <param name="certificate">To connect over TLS with; null for a node that speaks in the clear.</param>
    public static async Task<Stranger> AssociateAsync(Address node, X509Certificate2? certificate = null)
    {
        var stranger = certificate is null ? await ConnectAsync(node) : await ConnectAsync(node, certificate);
        await stranger.GreetAsync();
        var heard = stranger.HearsAsync(node.System);

        // What comes while TLS begins may lie until more comes, see NodeSettings.Secure.
        while (await Task.WhenAny(heard, Task.Delay(BetweenHeartbeats, Cancellation)) != heard)
        {
            await stranger.SendAsync(AkkaWire.Heartbeat);
        }

        Assert.True(await heard, "no association");
        return stranger;
    }

    public void Dispose() => stream.Dispose();

    public Task GreetAsync() => SendAsync(AkkaWire.Greeting(protocol, System, port));

    /// <summary>Sends bytes, unless the node has closed the connection.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes, Cancellation);
        }
        catch (IOException)
        {
            // Not listening any more is one of the right answers.
        }
    }

    public Task SendAsync(string recipient, Parcel parcel) => SendAsync(AkkaWire.Envelope(recipient, $"{Address}/user/nobody", parcel));

    /// <summary>Reads frames until one holds a text; false where the node closes the connection before.</summary>
    public async Task<bool> HearsAsync(string text)
    {
        while (await ReadFrameAsync() is { } frame)
        {
            if (Encoding.Latin1.GetString(frame).Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits until the node has closed the connection; what it says before.</summary>
    public async Task<byte[]> HearOutAsync()
    {
        var heard = new MemoryStream();
        try
        {
            await stream.CopyToAsync(heard, Cancellation).WaitAsync(Hang.After, Cancellation);
        }
        catch (IOException)
        {
            // Closed without a word.
        }

        return heard.ToArray();
    }

    private static async Task<(NetworkStream Stream, int Port)> OpenAsync(Address node)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, node.Port!.Value, Cancellation);
        return (new NetworkStream(socket, ownsSocket: true), ((IPEndPoint)socket.LocalEndPoint!).Port);
    }

    private async Task<byte[]?> ReadFrameAsync()
    {
        try
        {
            var length = new byte[sizeof(int)];
            await stream.ReadExactlyAsync(length, Cancellation).AsTask().WaitAsync(Hang.After, Cancellation);
            var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            await stream.ReadExactlyAsync(frame, Cancellation).AsTask().WaitAsync(Hang.After, Cancellation);
            return frame;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
