using Microsoft.Extensions.Logging;

namespace SparseProp.Service.Hosting.Security;

/// <summary>Says in the log when the certificates expire: once at the start, and every day when that is near.</summary>
internal sealed class CertificateWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private readonly CertificateExpiry _expiry;
    private readonly ILogger _log;
    private readonly ITimer _timer;

    /// <param name="expiry">When they expire.</param>
    /// <param name="log">Where it is said.</param>
    /// <param name="clock">Counts the days.</param>
    public CertificateWatch(CertificateExpiry expiry, ILogger log, TimeProvider clock)
    {
        _expiry = expiry;
        _log = log;
        LogValid(_log, expiry.Describe(), null);
        Warn();
        _timer = clock.CreateTimer(_ => Warn(), state: null, Interval, Interval);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Warn()
    {
        foreach (var warning in _expiry.Warnings())
        {
            LogExpiry(_log, warning, null);
        }
    }

    private static readonly Action<ILogger, string, Exception?> LogValid =
        LoggerMessage.Define<string>(LogLevel.Information, default, "Certificates: {Validity}");

    private static readonly Action<ILogger, string, Exception?> LogExpiry =
        LoggerMessage.Define<string>(LogLevel.Warning, default, "Certificates: {Problem}");
}
