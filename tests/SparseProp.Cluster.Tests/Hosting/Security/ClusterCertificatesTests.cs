using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SparseProp.EndToEnd;
using SparseProp.Service.Hosting.Security;

namespace SparseProp.Cluster.Tests.Hosting.Security;

public sealed class ClusterCertificatesTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnAuthorityIsMadeOnceAndIssuesAll()
    {
        Assert.Equal(["ca.pem", "ca-key.pem", "one.pem"], Create("one").Select(Path.GetFileName));
        Assert.Equal(["two.pem"], Create("two").Select(Path.GetFileName));

        using var authority = X509CertificateLoader.LoadCertificateFromFile(_folder.In("ca.pem"));
        Assert.All(
            ["one.pem", "two.pem"],
            file =>
            {
                using var node = X509CertificateLoader.LoadCertificateFromFile(_folder.In(file));
                using var chain = new X509Chain();
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(authority);
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                Assert.True(chain.Build(node));
                Assert.False(node.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
            });
    }

    [Theory]
    [InlineData("ca")]
    [InlineData("ca-key")]
    [InlineData("CA-Key")]
    public void NoNodeTakesTheFilesOfTheAuthority(string node)
    {
        Create("one");
        var before = Contents();

        Assert.Throws<ArgumentException>(() => ClusterCertificates.Create(_folder.Path, node, [], TimeSpan.FromDays(1), Now, replace: true));

        Assert.Equal(before, Contents());

        List<string> Contents() => [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(file => file + File.ReadAllText(file))];
    }

    [Fact]
    public void AKeyIsForItsOwnersEyesOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Create("node");
        Assert.All(
            ["ca-key.pem", "node.pem"],
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_folder.In(file)).UnixFileMode));
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(_folder.In("ca.pem")), StringComparison.Ordinal);
    }

    [Fact]
    public void ACertificateHoldsItsHostsAndLoopback()
    {
        Create("node", "node1.lab", "10.0.0.1");

        using var node = X509CertificateLoader.LoadCertificateFromFile(_folder.In("node.pem"));
        Assert.All(["node1.lab", "10.0.0.1", "localhost", "127.0.0.1"], host => Assert.True(node.MatchesHostname(host)));
        Assert.False(node.MatchesHostname("node2.lab"));
    }

    [Fact]
    public void AnAuthorityOutlivesTheNodesItIssuesFor()
    {
        ClusterCertificates.Create(_folder.Path, "first", [], TimeSpan.FromDays(365), Now.AddDays(-364));
        ClusterCertificates.Create(_folder.Path, "second", [], TimeSpan.FromDays(365), Now);

        using var second = X509CertificateLoader.LoadCertificateFromFile(_folder.In("second.pem"));
        Assert.Equal(Now.AddDays(365).UtcDateTime, second.NotAfter.ToUniversalTime(), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(3650, 3, true)]
    [InlineData(3650, 4, false)]
    [InlineData(30, 3700, false)]
    public void NoCertificateOutlivesItsAuthority(int days, int daysLater, bool isIssued)
    {
        Create("first");

        var issue = () => ClusterCertificates.Create(_folder.Path, "second", [], TimeSpan.FromDays(days), Now.AddDays(daysLater));

        if (isIssued)
        {
            issue();
            return;
        }

        var error = Assert.Throws<CryptographicException>(issue);
        Assert.Contains("expire", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'sparseprop certificates {_folder.Path} --renew-authority'", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("second.pem")));
    }

    [Fact]
    public void AnAuthorityOfTheFutureIssuesNothing()
    {
        ClusterCertificates.Create(_folder.Path, "first", [], TimeSpan.FromDays(1), Now.AddDays(2));

        var error = Assert.Throws<CryptographicException>(() => Create("second"));

        Assert.Contains(" is valid only from ", error.Message, StringComparison.Ordinal);
        Assert.Contains("the clock of this machine says", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARenewedAuthorityIsTrustedBesideTheOneBeforeItUntilThatIsDropped()
    {
        Create("old");
        var key = File.ReadAllText(_folder.In("ca-key.pem"));

        Assert.Equal(["ca.pem", "ca-key.pem"], ClusterCertificates.RenewAuthority(_folder.Path, Now).Select(Path.GetFileName));

        Create("new");
        Assert.NotEqual(key, File.ReadAllText(_folder.In("ca-key.pem")));
        Assert.Equal(["old", "new"], TrustedOf("old", "new"));

        ClusterCertificates.DropOldAuthorities(_folder.Path);
        Assert.Equal(["new"], TrustedOf("old", "new"));
        Create("newer");
        Assert.Equal(["new", "newer"], TrustedOf("new", "newer"));
    }

    [Fact]
    public void ARenewalLeavesOutWhatHasExpired()
    {
        ClusterCertificates.Create(_folder.Path, "old", [], TimeSpan.FromDays(1), Now.AddDays(-4000));

        ClusterCertificates.RenewAuthority(_folder.Path, Now);

        Assert.Single(TrustedAuthorities.Read(_folder.In("ca.pem")));
        Create("new");
        Assert.Equal(["new"], TrustedOf("old", "new"));
    }

    [Fact]
    public void ARenewalThatWasCutOffLeavesAnAuthorityThatIssues()
    {
        Create("one");
        var key = File.ReadAllText(_folder.In("ca-key.pem"));
        ClusterCertificates.RenewAuthority(_folder.Path, Now);
        File.WriteAllText(_folder.In("ca-key.pem"), key);

        Create("two");

        Assert.Equal(["one", "two"], TrustedOf("one", "two"));
    }

    [Fact]
    public void AKeyOfAnotherAuthorityIsRefused()
    {
        Create("one");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.In("ca-key.pem"), other.ExportPkcs8PrivateKeyPem());

        var error = Assert.Throws<CryptographicException>(() => Create("two"));

        Assert.Equal($"{_folder.In("ca-key.pem")} is the key of none of the certificates in {_folder.In("ca.pem")}", error.Message);
    }

    [Fact]
    public void WithoutItsKeyAnAuthorityIssuesNothing()
    {
        Create("one");
        File.Delete(_folder.In("ca-key.pem"));

        Assert.ThrowsAny<IOException>(() => Create("two"));
    }

    /// <summary>Those of these nodes whose certificates the folder's authorities vouch for.</summary>
    private string[] TrustedOf(params string[] nodes) =>
    [
        .. nodes.Where(node =>
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder.In($"{node}.pem"));
            return TrustedAuthorities.Load(_folder.In("ca.pem")).Problem(certificate, Now) is null;
        }),
    ];

    private IReadOnlyList<string> Create(string node, params string[] hosts) =>
        ClusterCertificates.Create(_folder.Path, node, hosts, TimeSpan.FromDays(1), Now);
}
