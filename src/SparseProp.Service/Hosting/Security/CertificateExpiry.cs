using System.Collections.Concurrent;
using System.Globalization;

namespace SparseProp.Service.Hosting.Security;

/// <summary>When the certificates expire that a node works with: its own, its authority's, and those that other nodes show it.</summary>
/// <param name="certificateFile">The node's own.</param>
/// <param name="certificateEnd">When it expires.</param>
/// <param name="authorityFile">That of its authority.</param>
/// <param name="authorityEnd">When that expires.</param>
/// <param name="clock">The present time.</param>
internal sealed class CertificateExpiry(
    string certificateFile, DateTime certificateEnd, string authorityFile, DateTime authorityEnd, TimeProvider clock)
{
    /// <summary>What is to be done about a certificate that expires.</summary>
    public const string Remedy = "make a new one with 'sparseprop certificates'";

    /// <summary>What is to be done about an authority that expires.</summary>
    private const string RemedyOfAuthority = "renew it with 'sparseprop certificates DIR --renew-authority', then the nodes' certificates";

    /// <summary>So long before it something is said.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    // By subject: a node that comes with a newer certificate has replaced the one before.
    private readonly ConcurrentDictionary<string, DateTime> _peers = new();

    /// <summary>What expires when, in UTC: <c>own</c>, <c>authority</c>, and of <c>peers</c> the earliest that has not.</summary>
    public IReadOnlyList<(string Certificate, DateTimeOffset End)> Ends
    {
        get
        {
            var now = clock.GetUtcNow();
            var peers = _peers.Values.Select(end => new DateTimeOffset(end)).Where(end => end >= now).ToList();
            return
            [
                ("own", new DateTimeOffset(certificateEnd)),
                ("authority", new DateTimeOffset(authorityEnd)),
                .. peers.Count == 0 ? [] : (ReadOnlySpan<(string, DateTimeOffset)>)[("peers", peers.Min())],
            ];
        }
    }

    /// <summary>Another node has shown a certificate that is good. Called by any thread.</summary>
    public void OnPeer(string subject, DateTime end) => _peers[subject] = end;

    /// <summary>Until when the node's certificate is valid, in a sentence.</summary>
    public string Describe() =>
        $"{certificateFile} is valid until {CertificateTime.Text(certificateEnd)}, its authority until {CertificateTime.Text(authorityEnd)}";

    /// <summary>A sentence for each certificate that expires within <see cref="Notice"/> or has expired.</summary>
    public IReadOnlyList<string> Warnings()
    {
        var now = clock.GetUtcNow();
        var peer = _peers.Where(peer => new DateTimeOffset(peer.Value) >= now).OrderBy(peer => peer.Value).FirstOrDefault();
        return
        [
            .. Warning(certificateFile, certificateEnd, Remedy),
            .. Warning(authorityFile, authorityEnd, RemedyOfAuthority),
            .. peer.Key is null ? [] : Warning($"a certificate that another node shows ({peer.Key})", peer.Value, Remedy),
        ];

        IEnumerable<string> Warning(string what, DateTime end, string remedy)
        {
            var left = new DateTimeOffset(end) - now;
            if (left <= TimeSpan.Zero)
            {
                yield return $"{what} has expired on {CertificateTime.Text(end)}, and other nodes refuse it; {remedy}";
            }
            else if (left < Notice)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{what} expires in {Days(left)}, on {CertificateTime.Text(end)}; {remedy}");
            }
        }
    }

    private static string Days(TimeSpan left) => left.TotalDays switch
    {
        < 1 => "less than a day",
        < 2 => "1 day",
        var days => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days):0} days"),
    };
}
