using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting.Security;

/// <summary>The authorities that a cluster trusts: one, or during its renewal several.</summary>
/// <param name="file">The file that holds them, for messages.</param>
/// <param name="authorities">They.</param>
internal sealed class TrustedAuthorities(string file, IReadOnlyList<X509Certificate2> authorities)
{
    /// <summary>Reads a file of them.</summary>
    /// <exception cref="CryptographicException">It holds none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrustedAuthorities Load(string file) => new(file, Read(file));

    /// <inheritdoc cref="Load"/>
    public static IReadOnlyList<X509Certificate2> Read(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPem(SmallFile.ReadText(file));
        return found.Count > 0 ? [.. found] : throw new CryptographicException($"{file} holds no certificate");
    }

    /// <summary>The authority that has issued a certificate, whether or not either is valid now; null where none has.</summary>
    public X509Certificate2? IssuerOf(X509Certificate2 certificate) => authorities.FirstOrDefault(authority => HasIssued(authority, certificate));

    /// <summary>Why a certificate is not to be trusted at a time, to follow its name; null where it is.</summary>
    public string? Problem(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (IssuerOf(certificate) is not { } issuer)
        {
            return $"was issued by none of the authorities in {file}";
        }

        if (CertificateTime.Problem(certificate, now) is { } problem)
        {
            return problem;
        }

        return CertificateTime.Problem(issuer, now) is { } ofIssuer ? $"was issued by an authority in {file} that {ofIssuer}" : null;
    }

    // At a time when both are valid, if there is one: what is asked is whose signature it bears, and for what.
    private static bool HasIssued(X509Certificate2 authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        // A stranger's certificate may name any address to ask for its issuer.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
