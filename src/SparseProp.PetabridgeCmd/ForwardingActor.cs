using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.PetabridgeCmd;

/// <summary>Sends a client's commands to the coordinator and its lines back, several at a time, until they end or the client goes.</summary>
internal sealed class ForwardingActor : CommandHandlerActor
{
    private readonly Action _endCommands;

    public ForwardingActor(PaletteDocument palette, ConsoleLine console)
        : base(PaletteMapping.ToPetabridge(palette))
    {
        var clientGone = new CancellationTokenSource();
        _endCommands = clientGone.Cancel;
        foreach (var command in palette.Commands)
        {
            Process(command.Name, given => _ = ForwardAsync(
                console, PaletteMapping.ToWords(palette.Name, command, given.Arguments), Sender, clientGone.Token));
        }
    }

    protected override void PostStop()
    {
        _endCommands();
        base.PostStop();
    }

    private static async Task ForwardAsync(ConsoleLine console, List<string> words, IActorRef client, CancellationToken clientGone)
    {
        try
        {
            await foreach (var part in console.RunAsync(words, null, clientGone))
            {
                if (part.Text is { } text)
                {
                    client.Tell(new CommandResponse(text, final: false));
                }

                if (part.Exit is not null)
                {
                    client.Tell(part.Error is { } error ? new ErroredCommandResponse(error) : CommandResponse.Empty);
                }
            }
        }
        catch (OperationCanceledException) when (clientGone.IsCancellationRequested)
        {
            // Nobody is left to tell.
        }
        catch (Exception failed)
        {
            // Whatever it is, the client waits for an end.
            client.Tell(new ErroredCommandResponse(failed.Message));
        }
    }
}
