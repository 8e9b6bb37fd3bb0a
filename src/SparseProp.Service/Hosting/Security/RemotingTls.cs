using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Hosting;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Service.Hosting.Security;

/// <summary>
/// Mutual TLS between nodes: both sides show a certificate that an authority of the cluster's own has issued. What the machine trusts
/// otherwise does not count, nor do the names in a certificate: whoever has one is a node, wherever it runs.
/// </summary>
internal sealed class RemotingTls
{
    private readonly TrustedAuthorities _authorities;
    private readonly TimeProvider _clock;

    private RemotingTls(X509Certificate2 certificate, TrustedAuthorities authorities, CertificateExpiry expiry, TimeProvider clock)
    {
        _authorities = authorities;
        _clock = clock;
        Expiry = expiry;
        Options = new SslOptions
        {
            X509Certificate = certificate,
            RequireMutualAuthentication = true,
            ValidateCertificateHostname = false,
            SuppressValidation = false,
            CustomValidator = (shown, _, peer, _, log) => IsNode(shown, peer, log),
        };
    }

    /// <summary>What remoting takes.</summary>
    public SslOptions Options { get; }

    /// <summary>Until when it works.</summary>
    public CertificateExpiry Expiry { get; }

    /// <param name="certificateFile">The node's certificate with its private key, PEM.</param>
    /// <param name="authorityFile">The certificates of the authorities, PEM.</param>
    /// <param name="clock">Tells whether they are valid.</param>
    /// <exception cref="NodeOptionsException">They cannot be used.</exception>
    public static RemotingTls Load(string certificateFile, string authorityFile, TimeProvider clock)
    {
        try
        {
            var text = SmallFile.ReadText(certificateFile);
            using var pem = X509Certificate2.CreateFromPem(text, text);

            // Some platforms cannot use a key that is not kept as they keep theirs.
            var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            if (!certificate.HasPrivateKey)
            {
                throw new NodeOptionsException([$"--tls: {certificateFile} holds no private key"]);
            }

            var authorities = TrustedAuthorities.Load(authorityFile);
            var issuer = authorities.IssuerOf(certificate);
            return authorities.Problem(certificate, clock.GetUtcNow()) is { } problem
                ? throw new NodeOptionsException([$"--tls: {certificateFile} {problem}; {CertificateExpiry.Remedy}"])
                : new RemotingTls(
                    certificate,
                    authorities,
                    new CertificateExpiry(certificateFile, certificate.NotAfter, authorityFile, issuer!.NotAfter, clock),
                    clock);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new NodeOptionsException([$"--tls: {certificateFile} and {authorityFile} cannot be used: {error.Message}"]);
        }
    }

    private bool IsNode(X509Certificate2? shown, string peer, ILoggingAdapter log)
    {
        if (shown is null)
        {
            log.Warning("Refused {0}: it shows no certificate", peer);
            return false;
        }

        if (_authorities.Problem(shown, _clock.GetUtcNow()) is { } problem)
        {
            log.Warning("Refused {0}: its certificate ({1}) is not one of this cluster: it {2}", peer, shown.Subject, problem);
            return false;
        }

        Expiry.OnPeer(shown.Subject, shown.NotAfter);
        return true;
    }
}
