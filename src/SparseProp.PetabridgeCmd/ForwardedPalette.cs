using Akka.Actor;
using Petabridge.Cmd.Host;
using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.PetabridgeCmd;

/// <summary>One palette, carried out by the coordinator; each client has an actor of its own.</summary>
internal sealed class ForwardedPalette(PaletteDocument palette, ConsoleLine console)
    : CommandPaletteHandler(PaletteMapping.ToPetabridge(palette))
{
    public override Props HandlerProps { get; } = Props.Create(() => new ForwardingActor(palette, console));
}
