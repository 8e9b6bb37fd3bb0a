using System.CommandLine;
using SparseProp.Cli.Commands;

namespace SparseProp.Cli.Tests.Commands;

public sealed class NodeOptionsTests
{
    [Fact]
    public void ByDefaultANodeIsAloneOnLoopback()
    {
        var (choice, errors) = Parse();

        Assert.Empty(errors);
        Assert.Equal(("127.0.0.1:9111", "127.0.0.1:9110"), (choice.Listen.ToString(), choice.Api.ToString()));
        Assert.Empty(choice.Join);
        Assert.Equal((Environment.ProcessorCount, null, false), (choice.Slots, choice.MemoryBytes, choice.Insecure));
    }

    [Fact]
    public void EverythingCanBeSaid()
    {
        var (choice, errors) = Parse(
            "--listen", "0.0.0.0:0", "--advertise", "node7:9111", "--join", "node1:9111, node2", "--certificates", "keys", "--insecure",
            "--hocon", "akka.conf", "--store", "stores", "--api", "[::1]:80", "--token-file", "token", "--slots", "3", "--memory", "16GiB");

        Assert.Empty(errors);
        Assert.Equal(("0.0.0.0:0", "[::1]:80"), (choice.Listen.ToString(), choice.Api.ToString()));
        Assert.Equal("node7:9111", choice.Advertise!.ToString());
        Assert.Equal(["node1:9111", "node2:9111"], choice.Join.Select(address => address.ToString()));
        Assert.Equal(("keys", true, "akka.conf"), (choice.Certificates, choice.Insecure, choice.Hocon));
        Assert.Equal(("stores", "token", 3, 16L << 30), (choice.Store, choice.TokenFile, choice.Slots, choice.MemoryBytes));
    }

    [Theory]
    [InlineData("--listen", "nowhere:at:all")]
    [InlineData("--join", "node1:9111,,node2:9111")]
    [InlineData("--slots", "0")]
    [InlineData("--memory", "lots")]
    public void WhatCannotBeReadIsNamed(string option, string text)
    {
        var (_, errors) = Parse(option, text);

        Assert.StartsWith(option, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void TheEnvironmentIsSecondToTheCommandLineAndItsErrorsAreNamed()
    {
        // A variable that no other test reads: the environment belongs to the whole process.
        const string Variable = "SPARSEPROP_TEST_OF_SETTINGS";
        var option = SettingOption.Of<long?>("--test-of-settings", "SIZE", "Some size.", SizeOption.Read, 7);
        var command = new RootCommand { option };

        Assert.Equal(7, command.Parse([]).GetValue(option));
        Environment.SetEnvironmentVariable(Variable, "1kB");
        Assert.Equal(1000, command.Parse([]).GetValue(option));
        Assert.Equal(5, command.Parse([option.Name, "5"]).GetValue(option));
        Environment.SetEnvironmentVariable(Variable, "lots");
        Assert.StartsWith(Variable, Assert.Single(command.Parse([]).Errors).Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, null);
    }

    [Fact]
    public void CertificatesAreForTheNamedHosts()
    {
        var options = new CertificatesOptions();
        var command = new RootCommand();
        options.AddTo(command);

        var read = options.Read(command.Parse(["keys", "--host", "node1", "--host", "10.0.0.1", "--days", "30"]));

        Assert.Equal(("keys", TimeSpan.FromDays(30)), (read.Folder, read.Validity));
        Assert.Equal(["node1", "10.0.0.1"], read.Hosts);
        Assert.Equal(2, command.Parse(["keys", "--host", "no host", "--days", "0"]).Errors.Count);
    }

    private static (NodeChoice Choice, IReadOnlyList<string> Errors) Parse(params string[] arguments)
    {
        var options = new NodeOptions();
        var command = new RootCommand();
        foreach (var option in options.OfEveryNode.Concat(options.OfCoordinators).Concat(options.OfWorkers))
        {
            command.Add(option);
        }

        var parsed = command.Parse(arguments);
        var errors = parsed.Errors.Select(error => error.Message).ToList();
        return (errors.Count > 0 ? null! : options.Read(parsed), errors);
    }
}
