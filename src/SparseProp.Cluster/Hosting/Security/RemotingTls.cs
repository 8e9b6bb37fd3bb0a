using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Hosting;

namespace SparseProp.Cluster.Hosting;

/// <summary>
/// Mutual TLS between nodes: both sides show a certificate that one authority, the cluster's own, has issued. What the machine trusts
/// otherwise does not count.
/// </summary>
internal static class RemotingTls
{
    /// <param name="certificateFile">The node's certificate with its private key, PEM.</param>
    /// <param name="authorityFile">The authority's certificate, PEM.</param>
    /// <exception cref="NodeOptionsException">They cannot be used.</exception>
    public static SslOptions Load(string certificateFile, string authorityFile, TimeProvider clock)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificateFile);

            // Some platforms cannot use a key that is not kept as they keep theirs.
            var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            var authority = X509CertificateLoader.LoadCertificateFromFile(authorityFile);
            Check(certificate, certificateFile, authority, authorityFile, clock.GetUtcNow());
            return new SslOptions
            {
                X509Certificate = certificate,
                RequireMutualAuthentication = true,
                ValidateCertificateHostname = false,
                SuppressValidation = false,
                CustomValidator = (shown, _, peer, _, log) => IsIssuedBy(authority, shown, peer, log),
            };
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new NodeOptionsException([$"--tls: {certificateFile} and {authorityFile} cannot be used: {error.Message}"]);
        }
    }

    private static void Check(
        X509Certificate2 certificate, string certificateFile, X509Certificate2 authority, string authorityFile, DateTimeOffset now)
    {
        if (!certificate.HasPrivateKey)
        {
            throw new NodeOptionsException([$"--tls: {certificateFile} holds no private key"]);
        }

        if (now > certificate.NotAfter.ToUniversalTime())
        {
            throw new NodeOptionsException(
                [$"--tls: {certificateFile} has expired on {certificate.NotAfter:yyyy-MM-dd}; make a new one with 'sparseprop certificates'"]);
        }

        if (!Chain(authority).Build(certificate))
        {
            throw new NodeOptionsException([$"--tls: {certificateFile} was not issued by {authorityFile}"]);
        }
    }

    private static bool IsIssuedBy(X509Certificate2 authority, X509Certificate2? shown, string peer, ILoggingAdapter log)
    {
        if (shown is null)
        {
            log.Warning("Refused {0}: it shows no certificate", peer);
            return false;
        }

        using var chain = Chain(authority);
        if (chain.Build(shown))
        {
            return true;
        }

        log.Warning(
            "Refused {0}: its certificate ({1}) is not one of this cluster: {2}",
            peer,
            shown.Subject,
            string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim())));
        return false;
    }

    private static X509Chain Chain(X509Certificate2 authority)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain;
    }
}
