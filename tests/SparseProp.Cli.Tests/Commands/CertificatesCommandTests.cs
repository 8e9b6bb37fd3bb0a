using System.Security.Cryptography.X509Certificates;
using SparseProp.Cli.Commands;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

public sealed class CertificatesCommandTests : CommandTestBase
{
    [Fact]
    public async Task ANodeGetsACertificateOfTheAuthorityForItsHosts()
    {
        var keys = Folder.In("keys");

        var run = await Sparseprop.RunAsync("certificates", keys, "--node", "node1", "--host", "node1.lab", "--host", "10.0.0.1");

        Assert.Equal(0, run.ExitCode);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(keys, "ca.pem"));
        using var node = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(keys, "node1.pem"));
        Assert.Equal(authority.Subject, node.Issuer);
        Assert.True(node.MatchesHostname("node1.lab"));
        Assert.True(node.MatchesHostname("10.0.0.1"));
        Assert.Contains(Path.Combine(keys, "node1.pem"), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItIsSaidHowLongACertificateAndItsAuthorityLast()
    {
        var keys = Folder.In("keys");

        var run = await Sparseprop.RunAsync("certificates", keys, "--days", "20");

        var (node, authority) = (EndOf(keys, "node.pem"), EndOf(keys, "ca.pem"));
        Assert.Equal(
            $"sparseprop: {keys}/node.pem is valid until {node:yyyy-MM-dd HH:mm} UTC, its authority until {authority:yyyy-MM-dd HH:mm} UTC\n"
            + $"sparseprop: {keys}/node.pem expires in 19 days, on {node:yyyy-MM-dd HH:mm} UTC; make a new one with 'sparseprop certificates'\n",
            run.Errors.Replace("in 20 days", "in 19 days", StringComparison.Ordinal));
        Assert.InRange((authority - node).TotalDays, 3600, 3660);
    }

    [Fact]
    public async Task AnAuthorityIsRenewedAndTheOneBeforeItDroppedAfterwards()
    {
        var keys = Folder.In("keys");
        await Sparseprop.RunAsync("certificates", keys);
        var before = await ReadAsync(Path.Combine(keys, "ca.pem"));

        var renewed = await Sparseprop.RunAsync("certificates", keys, "--renew-authority");

        Assert.Equal($"{keys}/ca.pem\n{keys}/ca-key.pem\n", renewed.Output);
        var both = await ReadAsync(Path.Combine(keys, "ca.pem"));
        Assert.EndsWith(before, both, StringComparison.Ordinal);
        Assert.NotEqual(before, both);

        Assert.Equal(0, (await Sparseprop.RunAsync("certificates", keys, "--replace")).ExitCode);
        Assert.Equal(0, (await Sparseprop.RunAsync("certificates", keys, "--drop-old-authorities")).ExitCode);
        Assert.Equal(both[..^before.Length].Trim(), (await ReadAsync(Path.Combine(keys, "ca.pem"))).Trim());
        AssertFailure(await Sparseprop.RunAsync("certificates", keys, "--renew-authority", "--drop-old-authorities"), 2, "do not go together");
    }

    [Fact]
    public async Task ACertificateIsReplacedOnRequestOnly()
    {
        var keys = Folder.In("keys");
        await Sparseprop.RunAsync("certificates", keys);
        var before = await ReadAsync(Path.Combine(keys, "node.pem"));

        var replaced = await Sparseprop.RunAsync("certificates", keys, "--replace", "--host", "node1.lab");

        Assert.Equal($"{keys}/node.pem\n", replaced.Output);
        Assert.NotEqual(before, await ReadAsync(Path.Combine(keys, "node.pem")));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Path.Combine(keys, "node.pem")).UnixFileMode);
    }

    [Fact]
    public async Task NoFileIsReplaced()
    {
        var keys = Folder.In("keys");
        await Sparseprop.RunAsync("certificates", keys);
        var before = await File.ReadAllTextAsync(Path.Combine(keys, "node.pem"), TestContext.Current.CancellationToken);

        var again = await Sparseprop.RunAsync("certificates", keys);

        AssertFailure(again, 1, "node.pem");
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(keys, "node.pem"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WhatIsThereMayBeKeptAndOnlyWhatLacksIsMade()
    {
        var (keys, token) = (Folder.In("keys"), Folder.In("token"));
        string[] command = ["certificates", keys, "--node", "one", "--token", token, "--keep"];
        Assert.Equal(4, Lines((await Sparseprop.RunAsync(command)).Output));
        var (certificate, secret) = (await ReadAsync(Path.Combine(keys, "one.pem")), await ReadAsync(token));

        var again = await Sparseprop.RunAsync(command);

        Assert.Equal((0, ""), (again.ExitCode, again.Output));
        Assert.Equal((certificate, secret), (await ReadAsync(Path.Combine(keys, "one.pem")), await ReadAsync(token)));

        File.Delete(token);
        Assert.Equal(1, Lines((await Sparseprop.RunAsync(command)).Output));
        Assert.NotEqual(secret, await ReadAsync(token));
    }

    [Fact]
    public async Task ATokenIsASecretThatTheApiTakes()
    {
        var token = Folder.In("token");

        await Sparseprop.RunAsync("certificates", Folder.In("keys"), "--token", token);

        Assert.Equal(43, CoordinatorOptions.TokenIn(token)!.Length);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(token).UnixFileMode);
    }

    [Theory]
    [InlineData(2, "the files of the authority", "KEYS --node ca --replace")]
    [InlineData(2, "the files of the authority", "KEYS --node ca-key --replace")]
    [InlineData(1, "node.pem is there already; --replace", "KEYS --token KEYS/new")]
    [InlineData(1, "token is there already; --keep", "KEYS --node b --token KEYS/token")]
    [InlineData(1, "there is no folder", "KEYS --node b --token KEYS/no/token")]
    [InlineData(1, "there is no folder", "KEYS --replace --token KEYS/no/token")]
    [InlineData(2, "is a folder", "KEYS --node b --token KEYS")]
    [InlineData(2, "holds no token", "KEYS --node b --token KEYS/node.pem --keep")]
    [InlineData(2, "is a file", "KEYS/token")]
    public async Task WhatIsInTheWayIsFoundBeforeAnythingIsMade(int exitCode, string words, string line)
    {
        var keys = Folder.In("keys");
        await Sparseprop.RunAsync("certificates", keys, "--token", Folder.In("keys/token"));
        var before = Contents(keys);

        var run = await Sparseprop.RunAsync(["certificates", .. line.Replace("KEYS", keys, StringComparison.Ordinal).Split(' ')]);

        AssertFailure(run, exitCode, words);
        Assert.Equal(before, Contents(keys));
    }

    [Theory]
    [InlineData("--days", "0")]
    [InlineData("--host", "no host")]
    [InlineData("--node", "../escape")]
    public async Task WhatCannotBeRightIsRefused(string option, string value) =>
        AssertFailure(await Sparseprop.RunAsync("certificates", Folder.In("keys"), option, value), 2, option);

    private static List<string> Contents(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => file + File.ReadAllText(file))];

    private static DateTime EndOf(string keys, string file)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(keys, file));
        return certificate.NotAfter.ToUniversalTime();
    }

    private static int Lines(string text) => text.Count(c => c == '\n');

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
}
