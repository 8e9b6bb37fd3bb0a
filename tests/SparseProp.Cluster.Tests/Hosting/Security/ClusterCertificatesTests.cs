using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SparseProp.Cluster.Hosting;
using SparseProp.EndToEnd;

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
    public void NoCertificateOutlivesItsAuthority()
    {
        ClusterCertificates.Create(_folder.Path, "first", [], TimeSpan.FromDays(2), Now);
        ClusterCertificates.Create(_folder.Path, "second", [], TimeSpan.FromDays(20), Now);

        using var authority = X509CertificateLoader.LoadCertificateFromFile(_folder.In("ca.pem"));
        using var second = X509CertificateLoader.LoadCertificateFromFile(_folder.In("second.pem"));
        Assert.Equal(authority.NotAfter, second.NotAfter);
    }

    [Fact]
    public void AnAuthorityThatHasExpiredIssuesNothing()
    {
        ClusterCertificates.Create(_folder.Path, "first", [], TimeSpan.FromDays(1), Now.AddDays(-5));

        var error = Assert.Throws<CryptographicException>(() => Create("second"));

        Assert.StartsWith($"{_folder.In("ca.pem")} has expired on ", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("second.pem")));
    }

    [Fact]
    public void WithoutItsKeyAnAuthorityIssuesNothing()
    {
        Create("one");
        File.Delete(_folder.In("ca-key.pem"));

        Assert.ThrowsAny<IOException>(() => Create("two"));
    }

    private IReadOnlyList<string> Create(string node, params string[] hosts) =>
        ClusterCertificates.Create(_folder.Path, node, hosts, TimeSpan.FromDays(1), Now);
}
