using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SparseProp.Service.Hosting.Options;

/// <summary>The forms that values of settings have.</summary>
internal static partial class SettingValues
{
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

    /// <summary>Whether only this machine reaches a host.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a host stands for all addresses of the machine that listens.</summary>
    public static bool IsAnyAddress(string host) =>
        IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DurationForm();
}
