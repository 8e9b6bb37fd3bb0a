using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop node</c>: a process that is a node of a cluster until it is told to end.</summary>
internal static class NodeCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("node", "Run a node of a cluster until it is told to end.", "sparseprop node --probe")
        {
            Coordinator(), Worker(), All(),
        };
        new ProbeOptions().AddTo(command);
        return command;
    }

    private static ExampledCommand Coordinator() =>
        Create(
            "coordinator",
            NodeRole.Coordinator,
            "Hold the stores, and lease points to workers.",
            "sparseprop node coordinator --store /data/sweeps");

    private static ExampledCommand Worker() =>
        Create(
            "worker",
            NodeRole.Worker,
            "Simulate what the coordinator leases.",
            "sparseprop node worker --join 127.0.0.1:4053 --slots 8 --memory 16GiB");

    private static ExampledCommand All() =>
        Create("all", NodeRole.All, "A coordinator and a worker in one process.", "sparseprop node all --store /data/sweeps");

    private static ExampledCommand Create(string name, NodeRole role, string description, string example)
    {
        var command = new ExampledCommand(name, description, example);
        var flags = new NodeFlags(role);
        flags.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(role, flags.Read(parsed), Invocation.Of(parsed).Interruption, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(NodeRole role, NodeOptions options, Interruption interruption, CancellationToken cancellation)
    {
        // A node bounds its own end, by how long it may drain.
        interruption.AllowAll();
        try
        {
            await NodeProcess.RunAsync(
                role, options, Provenance.OfThisRun(), StandardErrorLog.Of(options.LogFormat), Console.Out.WriteLine, cancellation);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to end while it started, which is what it was started for: it ends by no other way.
            return ExitCode.Ok;
        }
        catch (NodeOptionsException invalid)
        {
            throw new UserError(ExitCode.Invalid, invalid.Message);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new UserError(ExitCode.Failed, $"the node cannot listen: {error.Message}");
        }
    }
}
