using System.CommandLine;

namespace SparseProp.Cli.Commands;

/// <summary>The options of <c>certificates</c>, which makes what nodes prove themselves by.</summary>
internal sealed class CertificatesOptions
{
    private const int MostDays = 3650;

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "Folder for the certificates. An authority that is there already signs the new ones, too.",
    };

    private readonly Option<string[]> _hosts = new("--host")
    {
        Description = "Names or addresses that nodes go by; may be given again. [default: localhost and this machine's name]",
        HelpName = "HOST",
        DefaultValueFactory = _ => ["localhost", "127.0.0.1", Environment.MachineName],
    };

    private readonly Option<long> _days = NumberOption.Whole("--days", $"How long they are valid, at most {MostDays} days.", 365);

    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_hosts);
        command.Add(_days);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_days) is < 1 or > MostDays)
            {
                result.AddError($"{_days.Name} takes a number from 1 to {MostDays}");
            }

            foreach (var host in result.GetValue(_hosts) ?? [])
            {
                if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
                {
                    result.AddError($"{_hosts.Name} takes a name or an address, not '{host}'");
                }
            }
        });
    }

    /// <summary>Where the certificates go, for which hosts, and for how long.</summary>
    public (string Folder, IReadOnlyList<string> Hosts, TimeSpan Validity) Read(ParseResult parsed) =>
        (parsed.GetRequiredValue(_folder), parsed.GetRequiredValue(_hosts), TimeSpan.FromDays(parsed.GetValue(_days)));
}
