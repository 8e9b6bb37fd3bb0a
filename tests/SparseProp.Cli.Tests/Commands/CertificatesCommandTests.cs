using System.Security.Cryptography.X509Certificates;
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

    [Theory]
    [InlineData("--days", "0")]
    [InlineData("--host", "no host")]
    [InlineData("--node", "../escape")]
    public async Task WhatCannotBeRightIsRefused(string option, string value) =>
        AssertFailure(await Sparseprop.RunAsync("certificates", Folder.In("keys"), option, value), 2, option);
}
