using System.Net;
using System.Net.Sockets;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting;

/// <summary>
/// Finds that a node cannot listen where it should before anything of it starts. Those that listen then, Akka and Kestrel, would say so
/// in logs and stack traces of their own.
/// </summary>
internal static class ListenCheck
{
    /// <param name="endpoints">The settings that say where, and what they say. All are held at once, so that two cannot mean the same.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">Nobody can listen at one of them; the message says which, why, and what to do.</exception>
    public static async Task ThrowIfTakenAsync(IEnumerable<(string Flag, HostPort Where)> endpoints, CancellationToken cancellation)
    {
        List<Socket> held = [];
        try
        {
            foreach (var (flag, where) in endpoints)
            {
                try
                {
                    held.Add(await HoldAsync(where, cancellation));
                }
                catch (SocketException failure)
                {
                    throw new IOException($"{flag} {where}: {Describe(failure)}", failure);
                }
            }
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task<Socket> HoldAsync(HostPort where, CancellationToken cancellation)
    {
        var address = IPAddress.TryParse(where.Host, out var literal)
            ? literal
            : (await Dns.GetHostAddressesAsync(where.Host, cancellation)).MinBy(found => found.AddressFamily != AddressFamily.InterNetwork)!;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, where.Port));
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Describe(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "something else listens there already; name another port, or 0 for any that is free",
        SocketError.AddressNotAvailable => "this machine has no such address",
        SocketError.AccessDenied => "this user may not listen there; name a port from 1024 on",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "there is no such host",
        _ => failure.Message,
    };
}
