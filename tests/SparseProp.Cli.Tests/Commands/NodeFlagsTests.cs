using System.CommandLine;
using SparseProp.Cli.Commands;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cli.Tests.Commands;

public sealed class NodeFlagsTests : CommandTestBase
{
    [Fact]
    public void WhatTheFlagsSayReachesTheReader()
    {
        var options = Read(
            NodeRole.All,
            ["--listen", "127.0.0.1:0", "--join", "127.0.0.1:1,127.0.0.1:2", "--store", "stores", "--slots", "3", "--insecure"]);

        Assert.Equal(("127.0.0.1", 0), (options.Listen.Host, options.Listen.Port));
        Assert.Equal([1, 2], options.Join.Select(node => node.Port));
        Assert.Equal(("stores", 3, true), (options.Store, options.Slots, options.Insecure));
    }

    [Fact]
    public void WhatIsNotSaidIsAsByDefault()
    {
        var options = Read(NodeRole.Coordinator);

        Assert.Equal((4053, 9110, false), (options.Listen.Port, options.Http!.Port, options.Insecure));
    }

    [Fact]
    public void TheFileIsReadAfterTheFlags()
    {
        var file = Folder.Write("node.json", """{ "slots": 5, "join": ["127.0.0.1:1"] }""");

        Assert.Equal(5, Read(NodeRole.Worker, "--config", file).Slots);
        Assert.Equal(2, Read(NodeRole.Worker, "--config", file, "--slots", "2").Slots);
    }

    [Fact]
    public void AllThatIsWrongIsSaidAtOnce()
    {
        var error = Assert.Throws<UserError>(() => Read(NodeRole.Worker, "--slots", "0", "--memory", "lots"));

        Assert.Equal(2, error.ExitCode);
        Assert.All((string[])["--slots", "--memory", "--join"], flag => Assert.Contains(flag, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void AWorkerHasNoStore() => Assert.NotEmpty(CommandFor(new NodeFlags(NodeRole.Worker)).Parse(["--store", "stores"]).Errors);

    private static NodeOptions Read(NodeRole role, params string[] arguments)
    {
        var flags = new NodeFlags(role);
        return flags.Read(CommandFor(flags).Parse(arguments));
    }

    private static RootCommand CommandFor(NodeFlags flags)
    {
        var command = new RootCommand();
        flags.AddTo(command);
        return command;
    }
}
