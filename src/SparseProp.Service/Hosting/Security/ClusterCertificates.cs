using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting.Security;

/// <summary>Makes the certificates by which nodes of a cluster know each other.</summary>
public static class ClusterCertificates
{
    /// <summary>
    /// The authority's certificate, in the folder. After <see cref="RenewAuthority"/> also those before it, so that nodes of either know each other.
    /// </summary>
    public const string AuthorityFile = "ca.pem";

    /// <summary>The authority's private key, in the folder. Whoever has it can join the cluster.</summary>
    public const string AuthorityKeyFile = "ca-key.pem";

    private static readonly string[] FilesOfAuthority = [AuthorityFile, AuthorityKeyFile];

    /// <summary>How long an authority is valid: ten years.</summary>
    public const int AuthorityDays = 3653;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // Clocks of other machines may be behind.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    /// <summary>
    /// Makes a node's certificate with its private key, and the authority that issues it where the folder has none.
    /// </summary>
    /// <param name="folder">Where they go; made where missing.</param>
    /// <param name="node">Name of the node's file, without ending.</param>
    /// <param name="hosts">Names and addresses of the node; localhost is always one.</param>
    /// <param name="validity">How long the node's certificate is valid; the authority is for <see cref="AuthorityDays"/>.</param>
    /// <param name="now">The present time.</param>
    /// <param name="replace">Whether it may take the place of a node's certificate that is there.</param>
    /// <returns>The files that were made.</returns>
    /// <exception cref="ArgumentException">The node's file would be one of the authority's.</exception>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    /// <exception cref="CryptographicException">The authority in the folder cannot be used, or ends before the certificate would.</exception>
    public static IReadOnlyList<string> Create(
        string folder, string node, IReadOnlyList<string> hosts, TimeSpan validity, DateTimeOffset now, bool replace = false)
    {
        if (IsReserved(node))
        {
            throw new ArgumentException($"'{node}' is the name of a file of the authority", nameof(node));
        }

        NewFolder.Make(folder);
        var made = new List<string>();
        var (authorityPath, keyPath) = (Path.Combine(folder, AuthorityFile), Path.Combine(folder, AuthorityKeyFile));
        if (!File.Exists(authorityPath))
        {
            using var created = CreateAuthority(now);
            PrivateFile.Create(keyPath, created.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            PrivateFile.CreatePublic(authorityPath, created.ExportCertificatePem());
            made.AddRange([authorityPath, keyPath]);
        }

        using var authority = LoadAuthority(authorityPath, keyPath);
        RefuseOutside(authority, authorityPath, folder, now, now + validity);
        var path = PathOf(folder, node);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(authority, key, node, hosts, validity, now);
        Action<string, string> write = replace ? PrivateFile.Replace : PrivateFile.Create;
        write(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        made.Add(path);
        return made;
    }

    /// <summary>
    /// Makes a new authority, with a key of its own, which issues from now on. The one before it stays trusted beside it until it expires or
    /// <see cref="DropOldAuthorities"/> takes it away, so that nodes may change one by one.
    /// </summary>
    /// <param name="folder">Folder of the authority.</param>
    /// <param name="now">The present time.</param>
    /// <returns>The files that were replaced.</returns>
    /// <exception cref="IOException">They cannot be read or written.</exception>
    /// <exception cref="CryptographicException">The authority in the folder cannot be used.</exception>
    public static IReadOnlyList<string> RenewAuthority(string folder, DateTimeOffset now)
    {
        var (authorityPath, keyPath) = (Path.Combine(folder, AuthorityFile), Path.Combine(folder, AuthorityKeyFile));
        var trusted = TrustedAuthorities.Read(authorityPath).Where(authority => now <= authority.NotAfter.ToUniversalTime());
        using var created = CreateAuthority(now);

        // In this order: until its key is in place, the new authority is only trusted, and the one before it issues.
        PrivateFile.ReplacePublic(authorityPath, Pem([created, .. trusted]));
        PrivateFile.Replace(keyPath, created.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return [authorityPath, keyPath];
    }

    /// <summary>Leaves only the authority in the file that issues now; certificates of those before it are not trusted any more.</summary>
    /// <param name="folder">Folder of the authority.</param>
    /// <returns>The files that were replaced.</returns>
    /// <exception cref="IOException">They cannot be read or written.</exception>
    /// <exception cref="CryptographicException">The authority in the folder cannot be used.</exception>
    public static IReadOnlyList<string> DropOldAuthorities(string folder)
    {
        var authorityPath = Path.Combine(folder, AuthorityFile);
        using var authority = LoadAuthority(authorityPath, Path.Combine(folder, AuthorityKeyFile));
        PrivateFile.ReplacePublic(authorityPath, Pem([authority]));
        return [authorityPath];
    }

    /// <summary>Until when a node's certificate and its authority are valid, and a sentence more for each that soon is not.</summary>
    /// <param name="folder">Folder of both.</param>
    /// <param name="node">Name of the node's file, without ending.</param>
    /// <param name="clock">The present time.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="CryptographicException">They are no certificates, or the authority has not issued the other.</exception>
    public static IReadOnlyList<string> Validity(string folder, string node, TimeProvider clock)
    {
        var (path, authorityPath) = (PathOf(folder, node), Path.Combine(folder, AuthorityFile));
        using var certificate = X509CertificateLoader.LoadCertificate(SmallFile.ReadBytes(path));
        var authority = TrustedAuthorities.Load(authorityPath).IssuerOf(certificate)
            ?? throw new CryptographicException($"{path} was issued by none of the authorities in {authorityPath}; remove it, and make a new one");
        var expiry = new CertificateExpiry(path, certificate.NotAfter, authorityPath, authority.NotAfter, clock);
        return [expiry.Describe(), .. expiry.Warnings()];
    }

    /// <summary>The file of a node's certificate with its private key.</summary>
    public static string PathOf(string folder, string node) => Path.Combine(folder, $"{node}.pem");

    /// <summary>Whether a node's file of this name would be one of the authority's, also where a file system ignores case.</summary>
    public static bool IsReserved(string node) => FilesOfAuthority.Contains(PathOf("", node), StringComparer.OrdinalIgnoreCase);

    private static string Pem(IEnumerable<X509Certificate2> certificates) =>
        string.Join('\n', certificates.Select(certificate => certificate.ExportCertificatePem()));

    /// <summary>The one of the file's authorities that the key belongs to: the one that issues.</summary>
    private static X509Certificate2 LoadAuthority(string authorityPath, string keyPath)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(SmallFile.ReadText(keyPath));
        }
        catch (ArgumentException unreadable)
        {
            throw new CryptographicException($"{keyPath} holds no private key", unreadable);
        }

        var point = key.ExportSubjectPublicKeyInfo();
        var authority = TrustedAuthorities.Read(authorityPath).FirstOrDefault(
            authority => authority.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(point));
        return authority?.CopyWithPrivateKey(key)
            ?? throw new CryptographicException($"{keyPath} is the key of none of the certificates in {authorityPath}");
    }

    private static void RefuseOutside(X509Certificate2 authority, string path, string folder, DateTimeOffset now, DateTimeOffset end)
    {
        if (CertificateTime.Problem(authority, now) is { } problem)
        {
            throw new CryptographicException(now > authority.NotAfter.ToUniversalTime()
                ? $"{path} {problem}; make a new authority with 'sparseprop certificates {folder} --renew-authority', and certificates for all nodes"
                : $"{path} {problem}");
        }

        // A second of grace, for the authority that was made a moment ago to last as long as what it issues.
        var authorityEnd = new DateTimeOffset(authority.NotAfter).ToUniversalTime();
        if (end > authorityEnd.AddSeconds(1))
        {
            var left = Math.Floor((authorityEnd - now).TotalDays);
            var most = left < 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", or issue for at most {left:0} days");
            throw new CryptographicException(
                $"{path} expires on {CertificateTime.Text(authority.NotAfter)}, before the certificate would; renew the authority first with "
                + $"'sparseprop certificates {folder} --renew-authority'{most}");
        }
    }

    private static X509Certificate2 CreateAuthority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SparseProp cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now - ClockTolerance, now.AddDays(AuthorityDays));
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
        var (start, end) = (Later(now - ClockTolerance, authority.NotBefore), Earlier(now + validity, authority.NotAfter));
        return request.Create(authority, start, end, RandomNumberGenerator.GetBytes(16));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
