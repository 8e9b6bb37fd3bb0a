using Microsoft.Extensions.Logging;
using SparseProp.Service.Hosting.Security;

namespace SparseProp.Cluster.Tests.Hosting.Security;

public sealed class CertificateExpiryTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly SteppedClock _clock = new(Start);

    [Fact]
    public void NothingIsSaidUntilAMonthBefore()
    {
        var expiry = Expiry(365, 3650);
        Assert.Empty(expiry.Warnings());
        Assert.Equal("node.pem is valid until 2027-03-01 12:00 UTC, its authority until 2036-02-27 12:00 UTC", expiry.Describe());

        _clock.Step(TimeSpan.FromDays(335));
        Assert.Empty(expiry.Warnings());
        _clock.Step(TimeSpan.FromMinutes(1));
        Assert.Equal(
            "node.pem expires in 29 days, on 2027-03-01 12:00 UTC; make a new one with 'sparseprop certificates'", Assert.Single(expiry.Warnings()));
        _clock.Step(TimeSpan.FromDays(28));
        Assert.StartsWith("node.pem expires in 1 day, on ", Assert.Single(expiry.Warnings()), StringComparison.Ordinal);
        _clock.Step(TimeSpan.FromDays(1));
        Assert.StartsWith("node.pem expires in less than a day, on ", Assert.Single(expiry.Warnings()), StringComparison.Ordinal);
        _clock.Step(TimeSpan.FromDays(1));
        Assert.StartsWith("node.pem has expired on 2027-03-01 12:00 UTC, and other nodes refuse it; ", Assert.Single(expiry.Warnings()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAuthorityAndOtherNodesAreWatchedToo()
    {
        var expiry = Expiry(365, 20);
        expiry.OnPeer("CN=far", Start.AddDays(100));
        expiry.OnPeer("CN=near", Start.AddDays(10));

        Assert.Equal(
            ["ca.pem expires in 20 days", "a certificate that another node shows (CN=near) expires in 10 days"],
            expiry.Warnings().Select(warning => warning.Split(',')[0]));
        Assert.Equal([("own", 365.0), ("authority", 20), ("peers", 10)], Ends(expiry));

        expiry.OnPeer("CN=near", Start.AddDays(365));
        Assert.Equal(("peers", 100), Ends(expiry)[^1]);

        // One that has expired is no node any more.
        _clock.Step(TimeSpan.FromDays(200));
        Assert.Equal(("peers", 365), Ends(expiry)[^1]);
    }

    [Fact]
    public async Task ItIsSaidAtTheStartAndEveryDay()
    {
        var log = new HeardLog();
        await using (new CertificateWatch(Expiry(2, 3650), log, _clock))
        {
            Assert.Equal(["Information: Certificates: node.pem is", "Warning: Certificates: node.pem expires"], log.Beginnings);

            _clock.Step(TimeSpan.FromDays(1));
            Assert.Equal(3, log.Beginnings.Count);
            _clock.Step(TimeSpan.FromDays(2));
        }

        Assert.Equal("Warning: Certificates: node.pem has", log.Beginnings[^1]);
        var heard = log.Beginnings.Count;
        _clock.Step(TimeSpan.FromDays(2));
        Assert.Equal(heard, log.Beginnings.Count);
    }

    private static List<(string, double)> Ends(CertificateExpiry expiry) => [.. expiry.Ends.Select(end => (end.Certificate, (end.End - Start).TotalDays))];

    private CertificateExpiry Expiry(int days, int daysOfAuthority) =>
        new("node.pem", Start.AddDays(days), "ca.pem", Start.AddDays(daysOfAuthority), _clock);

    private sealed class HeardLog : ILogger
    {
        public List<string> Beginnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Beginnings.Add($"{logLevel}: {string.Join(' ', formatter(state, exception).Split(' ')[..3])}");
    }
}
