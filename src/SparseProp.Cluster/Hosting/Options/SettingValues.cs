using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SparseProp.Cluster.Hosting;

/// <summary>The forms that values of settings have.</summary>
internal static partial class SettingValues
{
    private const string Prefixes = "KMGT";

    /// <summary>A duration such as 500ms, 30s, 5m or 1h.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        var form = DurationForm().Match(text);
        duration = default;
        if (!form.Success)
        {
            return false;
        }

        var number = double.Parse(form.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
        var seconds = form.Groups["unit"].Value switch { "ms" => 0.001, "m" => 60, "h" => 3600, _ => 1 } * number;
        if (seconds > TimeSpan.FromDays(365).TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>A number of bytes such as 8GiB, 500MB or 1e9.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        var form = SizeForm().Match(text);
        bytes = 0;
        if (!form.Success)
        {
            return false;
        }

        var power = form.Groups["prefix"] is { Success: true } prefix ? 1 + Prefixes.IndexOf(char.ToUpperInvariant(prefix.ValueSpan[0])) : 0;
        var size = double.Parse(form.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)
            * Math.Pow(form.Groups["binary"].Success ? 1024 : 1000, power);
        bytes = size < long.MaxValue ? (long)size : 0;
        return bytes >= 1;
    }

    /// <summary>HOST:PORT; an IPv6 address stands in brackets.</summary>
    public static bool TryEndPoint(string text, out DnsEndPoint endPoint)
    {
        endPoint = null!;
        var colon = text.LastIndexOf(':');
        if (colon < 1
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > IPEndPoint.MaxPort)
        {
            return false;
        }

        var host = text[..colon].TrimStart('[').TrimEnd(']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return false;
        }

        endPoint = new DnsEndPoint(host, port);
        return true;
    }

    /// <summary>Whether only this machine reaches a host.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DurationForm();

    [GeneratedRegex(
        @"^(?<number>[0-9]+(\.[0-9]*)?([eE]\+?[0-9]{1,3})?) ?((?<prefix>[kKmMgGtT])(?<binary>[iI])?)?[bB]?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex SizeForm();
}
