using System.CommandLine;
using System.Security.Cryptography;
using SparseProp.Service.Hosting.Security;

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
        var days = NumberOption.Whole("--days", $"How long the node's certificate is valid, at most {MostDays} days; the authority is for ten years.", StandardDays);
        var token = new Option<string?>("--token")
        {
            Description = "Also make a token for the HTTP API, in this file.",
            HelpName = "FILE",
        };
        var renew = new Option<bool>("--renew-authority")
        {
            Description = "Make a new authority, which issues from now on; ca.pem holds both, so that nodes can be given it and new certificates one by one.",
        };
        var drop = new Option<bool>("--drop-old-authorities")
        {
            Description = "Leave only the newest authority in ca.pem: certificates of those before it are not accepted by nodes that are given it.",
        };
        var replace = new Option<bool>("--replace") { Description = "Put the node's certificate in the place of the one that is there." };
        var keep = new Option<bool>("--keep") { Description = "Leave alone what is there already, and make only what lacks." };
        var command = new ExampledCommand(
            "certificates",
            "Make a node's certificate, and the authority that issues it where there is none; a token, too. No file is replaced unless that is asked for.",
            "sparseprop certificates keys --node coordinator --host node1 --host 10.0.0.1 --token keys/token",
            "sparseprop node coordinator --listen node1:4053 --tls keys/coordinator.pem --tls-ca keys/ca.pem",
            "sparseprop certificates keys --renew-authority")
        {
            folder, node, hosts, days, token, keep, replace, renew, drop,
        };
        command.Demand(result =>
        {
            if (result.GetResult(days) is { Implicit: false } && result.GetValue(days) is < 1 or > MostDays)
            {
                result.AddError($"{days.Name} takes a number from 1 to {MostDays}");
            }

            if (result.GetValue(node) is { } name && (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')))
            {
                result.AddError($"{node.Name} takes letters, digits and dashes, not '{name}'");
            }

            if (result.GetValue(node) is { } given && ClusterCertificates.IsReserved(given))
            {
                result.AddError($"{node.Name} {given}: the files of the authority have this name; name the node otherwise");
            }

            if (result.GetValue(renew) && result.GetValue(drop))
            {
                result.AddError($"{renew.Name} and {drop.Name} do not go together: between them, all nodes get certificates of the new authority");
            }

            if (result.GetValue(keep) && result.GetValue(replace))
            {
                result.AddError($"{keep.Name} and {replace.Name} do not go together");
            }

            foreach (var host in (result.GetValue(hosts) ?? []).Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
            {
                result.AddError($"{hosts.Name} takes a name or an address, not '{host}'");
            }
        });
        command.SetAction(parsed => Report(() =>
        {
            var place = parsed.GetRequiredValue(folder);
            var (isRenewed, isDropped) = (parsed.GetValue(renew), parsed.GetValue(drop));

            // Whoever changes the authority means no node, unless one is named.
            var isOfNode = (!isRenewed && !isDropped) || parsed.GetResult(node) is { Implicit: false };
            RefuseEarly(
                place, isOfNode ? parsed.GetRequiredValue(node) : null, parsed.GetValue(token), parsed.GetValue(keep), parsed.GetValue(replace));
            List<string> made =
            [
                .. isRenewed ? ClusterCertificates.RenewAuthority(place, TimeProvider.System.GetUtcNow()) : [],
                .. isDropped ? ClusterCertificates.DropOldAuthorities(place) : [],
            ];

            if (isOfNode)
            {
                made.AddRange(MakeNode(
                    place,
                    parsed.GetRequiredValue(node),
                    parsed.GetValue(hosts) ?? [],
                    TimeSpan.FromDays(parsed.GetValue(days)),
                    parsed.GetValue(keep),
                    parsed.GetValue(replace)));
            }

            made.AddRange(MakeToken(parsed.GetValue(token), parsed.GetValue(keep)));
            return made;
        }));
        return command;
    }

    /// <summary>Finds what is in the way before anything is made.</summary>
    private static void RefuseEarly(string folder, string? node, string? token, bool isKept, bool isReplaced)
    {
        if (File.Exists(folder))
        {
            throw new UserError(ExitCode.Invalid, $"{folder} is a file; name a folder for the certificates");
        }

        if (node is not null && !isKept && !isReplaced && ClusterCertificates.PathOf(folder, node) is var path && File.Exists(path))
        {
            throw new UserError(ExitCode.Failed, $"{path} is there already; --replace puts a new one in its place, --keep leaves it");
        }

        if (token is null)
        {
            return;
        }

        if (Directory.Exists(token))
        {
            throw new UserError(ExitCode.Invalid, $"{token} is a folder; name a file for the token");
        }

        if (File.Exists(token))
        {
            _ = isKept
                ? CoordinatorOptions.TokenIn(token)
                : throw new UserError(ExitCode.Failed, $"{token} is there already; --keep leaves it");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(token)) is { } parent
            && !Directory.Exists(parent)
            && parent != Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
        {
            throw new UserError(ExitCode.Failed, $"{token} cannot be written: there is no folder {parent}");
        }
    }

    private static IReadOnlyList<string> MakeNode(string folder, string node, string[] hosts, TimeSpan validity, bool isKept, bool isReplaced)
    {
        var made = isKept && File.Exists(ClusterCertificates.PathOf(folder, node))
            ? []
            : ClusterCertificates.Create(folder, node, hosts, validity, TimeProvider.System.GetUtcNow(), isReplaced);
        foreach (var sentence in ClusterCertificates.Validity(folder, node, TimeProvider.System))
        {
            Console.Error.WriteLine($"sparseprop: {sentence}");
        }

        return made;
    }

    private static IReadOnlyList<string> MakeToken(string? token, bool isKept)
    {
        if (token is null || (isKept && File.Exists(token)))
        {
            return [];
        }

        ApiToken.Create(token);
        return [token];
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
