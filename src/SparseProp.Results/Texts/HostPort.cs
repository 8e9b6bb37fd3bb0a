using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SparseProp.Results.Texts;

/// <summary>Where something listens.</summary>
/// <param name="Host">A name or an address; IPv6 without brackets.</param>
/// <param name="Port">0 to 65535; 0 where any free one will do.</param>
public sealed record HostPort(string Host, int Port)
{
    /// <summary>The port of the coordinator's API.</summary>
    public const int StandardPort = 9110;

    /// <summary>Reads <c>host:port</c>, <c>[::1]:port</c>, or either without its port.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="endpoint">What it means.</param>
    /// <param name="standardPort">The port where none is written.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPort? endpoint, int standardPort = StandardPort)
    {
        endpoint = null;
        var (host, port) = Split(text);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return false;
        }

        var number = standardPort;
        if (port is not null
            && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > ushort.MaxValue))
        {
            return false;
        }

        endpoint = new HostPort(host, number);
        return true;
    }

    /// <summary>Its root as an HTTP address.</summary>
    public Uri ToUri() => new UriBuilder(Uri.UriSchemeHttp, Host, Port).Uri;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            var rest = text[(end + 1)..];
            return rest.Length == 0 ? (text[1..end], null) : rest[0] == ':' ? (text[1..end], rest[1..]) : ("", null);
        }

        var colon = text.LastIndexOf(':');
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
