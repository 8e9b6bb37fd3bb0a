using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;

namespace SparseProp.Chaos;

/// <summary>A host of a <see cref="NetworkUnderTest"/>.</summary>
/// <param name="Namespace">Its network namespace.</param>
/// <param name="Port">The switch's port that its cable is in.</param>
/// <param name="Address">Its IPv4 address.</param>
public sealed record HostUnderTest(string Namespace, string Port, string Address);

/// <summary>
/// Hosts on one switch, each of them a Linux network namespace; the switch is in a namespace of its own. This process is on the switch,
/// too, so it reaches the hosts and they reach it, and nothing else. Needs root and <c>ip</c>.
/// </summary>
public sealed class NetworkUnderTest : IAsyncDisposable
{
    /// <summary>So many fit into the network.</summary>
    public const int MostHosts = 13;

    // A card with this address is in no host: what is sent to it is lost, and the sender does not notice.
    private const string NoCard = "02:00:00:00:00:00";
    private const string Card = "eth0";

    private readonly string _name;

    private NetworkUnderTest(string name, IReadOnlyList<HostUnderTest> hosts)
    {
        _name = name;
        Hosts = hosts;
    }

    public IReadOnlyList<HostUnderTest> Hosts { get; }

    private string Switch => $"{_name}-switch";

    /// <summary>Why there can be no such network on this machine; null where there can.</summary>
    public static async Task<string?> ObstacleAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "network namespaces need root on Linux";
        }

        try
        {
            var probe = $"sparseprop-probe-{Environment.ProcessId}";
            await IpAsync([], $"netns add {probe}\nnetns del {probe}");
            return null;
        }
        catch (Exception obstacle) when (obstacle is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return $"network namespaces cannot be made with ip: {obstacle.Message}";
        }
    }

    public static async Task<NetworkUnderTest> CreateAsync(int hosts)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hosts, MostHosts);
        var name = $"sp{Random.Shared.Next(0x1000000):x6}";
        var (prefix, first) = FreeNetwork();
        var network = new NetworkUnderTest(
            name, [.. Enumerable.Range(1, hosts).Select(i => new HostUnderTest($"{name}-{i}", $"host{i}", $"{prefix}.{first + i}"))]);
        try
        {
            await network.BuildAsync($"{prefix}.{first + MostHosts + 1}");
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pulls a host's cable out of the switch.</summary>
    public Task UnplugAsync(HostUnderTest host) => IpAsync(["-n", Switch], $"link set {host.Port} down");

    /// <summary>Plugs it in again.</summary>
    public Task PlugAsync(HostUnderTest host) => IpAsync(["-n", Switch], $"link set {host.Port} up");

    /// <summary>From now on nothing that one host sends reaches the other. What goes the other way still does.</summary>
    public static Task CutAsync(HostUnderTest from, HostUnderTest to) =>
        IpAsync(["-n", from.Namespace], $"neigh replace {to.Address} dev {Card} lladdr {NoCard} nud permanent");

    /// <summary>Undoes <see cref="CutAsync"/>.</summary>
    public static Task MendAsync(HostUnderTest from, HostUnderTest to) =>
        IpAsync(["-n", from.Namespace], $"neigh del {to.Address} dev {Card}");

    /// <summary>Takes it down; processes on its hosts have ended before.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in Hosts.Select(host => host.Namespace).Append(Switch).Where(IsThere))
        {
            await IpAsync([], $"netns del {name}");
        }

        try
        {
            await IpAsync([], $"link del {_name}");
        }
        catch (InvalidOperationException)
        {
            // It has gone with the switch that was at its other end.
        }
    }

    private async Task BuildAsync(string own)
    {
        await IpAsync([], string.Join('\n', Hosts.Select(host => $"netns add {host.Namespace}").Prepend($"netns add {Switch}")));
        await IpAsync(
            ["-n", Switch],
            string.Join('\n', Hosts.SelectMany(host => new[]
            {
                $"link add {host.Port} type veth peer name {Card} netns {host.Namespace}",
                $"link set {host.Port} master bridge up",
            }).Prepend("link add bridge type bridge").Append("link set bridge up")));
        foreach (var host in Hosts)
        {
            await IpAsync(
                ["-n", host.Namespace], $"link set lo up\naddr add {host.Address}/28 dev {Card}\nlink set {Card} up");
        }

        await IpAsync(
            [], $"link add {_name} type veth peer name tests netns {Switch}\naddr add {own}/28 dev {_name}\nlink set {_name} up");
        await IpAsync(["-n", Switch], "link set tests master bridge up");
    }

    /// <summary>Sixteen addresses out of those that are set aside for such tests (RFC 2544) and not in use by this machine.</summary>
    private static (string Prefix, int First) FreeNetwork()
    {
        var used = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address.ToString())
            .ToList();
        while (true)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"198.{Random.Shared.Next(18, 20)}.{Random.Shared.Next(256)}");
            if (!used.Exists(address => address.StartsWith($"{prefix}.", StringComparison.Ordinal)))
            {
                return (prefix, 16 * Random.Shared.Next(16));
            }
        }
    }

    private static bool IsThere(string name) => File.Exists($"/run/netns/{name}") || File.Exists($"/var/run/netns/{name}");

    /// <exception cref="InvalidOperationException">It could not be done.</exception>
    private static async Task IpAsync(string[] options, string commands)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", [.. options, "-batch", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (ip.StandardOutput.ReadToEndAsync(), ip.StandardError.ReadToEndAsync());
        await ip.StandardInput.WriteLineAsync(commands);
        ip.StandardInput.Close();
        await ip.WaitForExitAsync();
        await output;
        if (ip.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', options)} could not do '{commands}': {(await errors).Trim()}");
        }
    }
}
