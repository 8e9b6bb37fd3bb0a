using System.Globalization;
using Akka.Actor;
using SparseProp.Client;
using SparseProp.Results.Texts;

namespace SparseProp.PetabridgeCmd;

/// <summary>Stands beside a coordinator and answers Petabridge's <c>pbm</c> in its place, on loopback.</summary>
internal static class Bridge
{
    private const int StandardPort = 9111;
    private const string Name = "sparseprop-petabridge";
    private const string Usage =
        $"usage: {Name} [HOST:PORT of the coordinator's API] [PORT for pbm, else 9111]; SPARSEPROP_TOKEN_FILE names the file of its token";

    /// <summary>Runs until it is cancelled or its actor system ends.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Is told when it answers.</param>
    /// <param name="errors">Is told what went wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>0 for a good end, 1 where the coordinator refuses, 2 for wrong usage, 3 where it cannot be reached.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var port = (ushort)StandardPort;
        if (arguments.Length > 2
            || !HostPort.TryParse(arguments.ElementAtOrDefault(0) ?? "127.0.0.1", out var coordinator)
            || (arguments.Length == 2 && !ushort.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out port)))
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            using var console = new ConsoleLine(coordinator, ReadToken());
            var palettes = (await console.ListAsync(cancellation)).Palettes;
            using var system = ActorSystem.Create(Name, $"petabridge.cmd {{ host = 127.0.0.1, port = {port} }}");
            var host = Petabridge.Cmd.Host.PetabridgeCmd.Get(system);
            foreach (var palette in palettes)
            {
                host.RegisterCommandPalette(new ForwardedPalette(palette, console));
            }

            host.Start();
            await output.WriteLineAsync($"pbm 127.0.0.1:{port} speaks to {coordinator}");
            using var ending = cancellation.Register(() => system.Terminate());
            await system.WhenTerminated;
            return 0;
        }
        catch (Exception failed) when (failed is CoordinatorUnreachableException or CoordinatorException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"{Name}: {failed.Message}");
            return failed is CoordinatorUnreachableException ? 3 : 1;
        }
    }

    private static string? ReadToken() =>
        Environment.GetEnvironmentVariable("SPARSEPROP_TOKEN_FILE") is { Length: > 0 } file ? SmallFile.ReadText(file).Trim() : null;
}
