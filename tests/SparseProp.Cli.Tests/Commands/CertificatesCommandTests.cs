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
    [InlineData("--days", "0")]
    [InlineData("--host", "no host")]
    [InlineData("--node", "../escape")]
    public async Task WhatCannotBeRightIsRefused(string option, string value) =>
        AssertFailure(await Sparseprop.RunAsync("certificates", Folder.In("keys"), option, value), 2, option);

    private static int Lines(string text) => text.Count(c => c == '\n');

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
}
