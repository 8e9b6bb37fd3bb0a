using System.CommandLine;
using System.Security.Cryptography;
using SparseProp.Cluster.Hosting;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop certificates</c>: makes that by which the nodes of a cluster know each other.</summary>
internal static class CertificatesCommand
{
    private const int StandardDays = 365;
    private const int MostDays = 3650;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "Folder for the certificates. An authority that is there already issues the new one, too.",
        };
        var node = new Option<string>("--node")
        {
            Description = "Name of the node, and of its file.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "node",
        };
        var hosts = new Option<string[]>("--host")
        {
            Description = "Name or address that the node is reached by; may be given again. localhost is always one.",
            HelpName = "HOST",
        };
        var days = NumberOption.Whole("--days", $"How long it is valid, at most {MostDays} days.", StandardDays);
        var token = new Option<string?>("--token")
        {
            Description = "Also make a token for the HTTP API, in this file.",
            HelpName = "FILE",
        };
        var keep = new Option<bool>("--keep") { Description = "Leave alone what is there already, and make only what lacks." };
        var command = new ExampledCommand(
            "certificates",
            "Make a node's certificate, and the authority that issues it where there is none; a token, too. No file is replaced.",
            "sparseprop certificates keys --node coordinator --host node1 --host 10.0.0.1 --token keys/token",
            "sparseprop node coordinator --listen node1:4053 --tls keys/coordinator.pem --tls-ca keys/ca.pem")
        {
            folder, node, hosts, days, token, keep,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(days) is { Implicit: false } && result.GetValue(days) is < 1 or > MostDays)
            {
                result.AddError($"{days.Name} takes a number from 1 to {MostDays}");
            }

            if (result.GetValue(node) is { } name && (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')))
            {
                result.AddError($"{node.Name} takes letters, digits and dashes, not '{name}'");
            }

            foreach (var host in (result.GetValue(hosts) ?? []).Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
            {
                result.AddError($"{hosts.Name} takes a name or an address, not '{host}'");
            }
        });
        command.SetAction(parsed => Report(() => Make(
            parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(node),
            parsed.GetValue(hosts) ?? [],
            TimeSpan.FromDays(parsed.GetValue(days)),
            parsed.GetValue(token),
            parsed.GetValue(keep))));
        return command;
    }

    private static List<string> Make(string folder, string node, string[] hosts, TimeSpan validity, string? token, bool isKept)
    {
        bool IsWanted(string file) => !(isKept && File.Exists(file));

        List<string> made = [];
        if (IsWanted(ClusterCertificates.PathOf(folder, node)))
        {
            made.AddRange(ClusterCertificates.Create(folder, node, hosts, validity, TimeProvider.System.GetUtcNow()));
        }

        if (token is not null && IsWanted(token))
        {
            ApiToken.Create(token);
            made.Add(token);
        }

        return made;
    }

    private static int Report(Func<List<string>> make)
    {
        try
        {
            foreach (var file in make())
            {
                Console.Out.WriteLine(file);
            }

            return ExitCode.Ok;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }
    }
}
