using System.CommandLine;
using System.Security.Cryptography;
using SparseProp.Cluster.Hosting;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop certificates</c>: what nodes need to trust each other beyond one machine.</summary>
internal static class CertificatesCommand
{
    private const int StandardDays = 825;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder for the files; the authority in it, if there is one, is used again." };
        var node = new Option<string>("--node") { Description = "Name of the node's file.", HelpName = "NAME", DefaultValueFactory = _ => "node" };
        var hosts = new Option<string[]>("--host")
        {
            Description = "A name or address of the node; may be repeated.",
            HelpName = "HOST",
            DefaultValueFactory = _ => [],
        };
        var days = new Option<int>("--days") { Description = "How long they are valid.", HelpName = "N", DefaultValueFactory = _ => StandardDays };
        var command = new Command("certificates", "Make the certificates by which the nodes of a cluster know each other.")
        {
            folder, node, hosts, days,
        };
        command.SetAction(parsed => Make(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(node), parsed.GetRequiredValue(hosts), parsed.GetValue(days)));
        return command;
    }

    private static int Make(string folder, string node, string[] hosts, int days)
    {
        if (days is < 1 or > 36500)
        {
            throw new UserError(ExitCode.Invalid, $"--days takes a number from 1 to 36500, not {days}");
        }

        if (node.Length == 0 || node.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || node is "ca" or "ca-key")
        {
            throw new UserError(ExitCode.Invalid, $"--node takes the name of a file without its ending, other than ca and ca-key, not '{node}'");
        }

        try
        {
            foreach (var file in ClusterCertificates.Create(folder, node, hosts, TimeSpan.FromDays(days), DateTimeOffset.UtcNow))
            {
                Console.Out.WriteLine(file);
            }

            return ExitCode.Ok;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new UserError(ExitCode.Failed, $"the certificates cannot be made: {error.Message}");
        }
    }
}
