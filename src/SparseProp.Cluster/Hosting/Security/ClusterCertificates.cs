using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SparseProp.Cluster.Hosting;

/// <summary>Makes the certificates by which nodes of a cluster know each other.</summary>
public static class ClusterCertificates
{
    /// <summary>The authority's certificate, in the folder.</summary>
    public const string AuthorityFile = "ca.pem";

    /// <summary>The authority's private key, in the folder. Whoever has it can join the cluster.</summary>
    public const string AuthorityKeyFile = "ca-key.pem";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>
    /// Makes a node's certificate with its private key, and the authority that issues it where the folder has none. No file is replaced.
    /// </summary>
    /// <param name="folder">Where they go; made where missing.</param>
    /// <param name="node">Name of the node's file, without ending.</param>
    /// <param name="hosts">Names and addresses of the node; localhost is always one.</param>
    /// <param name="validity">How long they are valid.</param>
    /// <param name="now">The present time.</param>
    /// <returns>The files that were made.</returns>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    /// <exception cref="CryptographicException">The authority in the folder cannot be used.</exception>
    public static IReadOnlyList<string> Create(
        string folder, string node, IReadOnlyList<string> hosts, TimeSpan validity, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        var made = new List<string>();
        var (authorityPath, keyPath) = (Path.Combine(folder, AuthorityFile), Path.Combine(folder, AuthorityKeyFile));
        if (!File.Exists(authorityPath))
        {
            using var created = CreateAuthority(validity, now);
            PrivateFile.Create(keyPath, created.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            PrivateFile.CreatePublic(authorityPath, created.ExportCertificatePem());
            made.AddRange([authorityPath, keyPath]);
        }

        using var authority = X509Certificate2.CreateFromPemFile(authorityPath, keyPath);
        if (now > authority.NotAfter.ToUniversalTime())
        {
            throw new CryptographicException(
                $"{authorityPath} has expired on {authority.NotAfter:yyyy-MM-dd}; make a new authority in another folder, and certificates for all nodes");
        }

        var path = PathOf(folder, node);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(authority, key, node, hosts, validity, now);
        PrivateFile.Create(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        made.Add(path);
        return made;
    }

    /// <summary>The file of a node's certificate with its private key.</summary>
    public static string PathOf(string folder, string node) => Path.Combine(folder, $"{node}.pem");

    private static X509Certificate2 CreateAuthority(TimeSpan validity, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SparseProp cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now.AddHours(-1), now + validity);
    }

    private static X509Certificate2 Issue(
        X509Certificate2 authority, ECDsa key, string node, IReadOnlyList<string> hosts, TimeSpan validity, DateTimeOffset now)
    {
        var request = new CertificateRequest($"CN={node}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerAuthentication), new Oid(ClientAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Concat(["localhost", "127.0.0.1"]).Distinct())
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        var end = now + validity < authority.NotAfter ? now + validity : authority.NotAfter;
        return request.Create(authority, now.AddHours(-1), end, RandomNumberGenerator.GetBytes(16));
    }
}
