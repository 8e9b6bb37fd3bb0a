using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace SparseProp.Service.Hosting;

/// <summary>
/// What started this process and waits for its word, such as systemd for a unit of <c>Type=notify</c>. Speaks sd_notify(3): datagrams of
/// <c>NAME=VALUE</c> lines, to a Unix socket. For use by any thread.
/// </summary>
internal sealed class ServiceManager
{
    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(1);

    private readonly UnixDomainSocketEndPoint _socket;
    private readonly ILogger _log;

    private ServiceManager(UnixDomainSocketEndPoint socket, ILogger log)
    {
        _socket = socket;
        _log = log;
    }

    /// <summary>The one that listens at a socket; null where the address is null or cannot be used, which is logged.</summary>
    /// <param name="address">As NOTIFY_SOCKET has it: a path, or a name in the abstract namespace behind an '@'.</param>
    /// <param name="log">Told what cannot be sent.</param>
    public static ServiceManager? At(string? address, ILogger log)
    {
        try
        {
            switch (address)
            {
                case null or "":
                    return null;
                case ['/', ..]:
                    return new ServiceManager(new UnixDomainSocketEndPoint(address), log);
                case ['@', _, ..]:
                    return new ServiceManager(new UnixDomainSocketEndPoint($"\0{address[1..]}"), log);
            }
        }
        catch (Exception unusable) when (unusable is ArgumentException or PlatformNotSupportedException)
        {
            // Too long for a socket's address, or no such sockets: said below like any other that cannot be used.
        }

        LogUnusable(log, address!, null);
        return null;
    }

    /// <summary>The node is started.</summary>
    /// <param name="status">What it does, in one line.</param>
    public void Ready(string status) => Send($"READY=1\n{StatusLine(status)}");

    /// <summary>The node does this now.</summary>
    /// <param name="status">What, in one line.</param>
    public void Tell(string status) => Send(StatusLine(status));

    /// <summary>The node begins to end.</summary>
    /// <param name="status">What it does first, in one line.</param>
    public void Stopping(string status) => Send($"STOPPING=1\n{StatusLine(status)}");

    private static string StatusLine(string status) => $"STATUS={status.ReplaceLineEndings(" ")}";

    private void Send(string message)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTimeout = (int)SendTime.TotalMilliseconds;
            socket.Connect(_socket);
            socket.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (SocketException failure)
        {
            // Whoever waits for the word gives up by itself; the node has other things to do.
            LogUnheard(_log, message, failure.Message, null);
        }
    }

    private static readonly Action<ILogger, string, Exception?> LogUnusable = LoggerMessage.Define<string>(
        LogLevel.Warning,
        default,
        "NOTIFY_SOCKET={Address}: takes a path of at most 107 bytes, or a name behind '@'; the service manager will not hear when this node is ready");

    private static readonly Action<ILogger, string, string, Exception?> LogUnheard = LoggerMessage.Define<string, string>(
        LogLevel.Warning, default, "The service manager did not hear {Message}: {Failure}");
}
