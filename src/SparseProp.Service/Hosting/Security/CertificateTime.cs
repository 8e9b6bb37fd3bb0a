using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace SparseProp.Service.Hosting.Security;

/// <summary>When a certificate is valid, in words.</summary>
internal static class CertificateTime
{
    /// <summary>What is wrong with a certificate at a time, to follow its name; null where it is valid.</summary>
    public static string? Problem(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now > certificate.NotAfter.ToUniversalTime())
        {
            return $"has expired on {Text(certificate.NotAfter)}";
        }

        return now < certificate.NotBefore.ToUniversalTime()
            ? $"is valid only from {Text(certificate.NotBefore)} on, and the clock of this machine says {Text(now.UtcDateTime)}: one of the two is wrong"
            : null;
    }

    /// <summary>A time as people read it, to the minute.</summary>
    public static string Text(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
