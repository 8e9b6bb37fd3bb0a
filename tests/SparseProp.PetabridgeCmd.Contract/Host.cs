using System.Threading.Channels;
using Akka.Actor;

namespace Petabridge.Cmd.Host;

public abstract class CommandPaletteHandler(CommandPalette palette)
{
    public CommandPalette Palette { get; } = palette;

    public abstract Props HandlerProps { get; }

    public virtual void OnRegister(PetabridgeCmd plugin)
    {
    }
}

public abstract class CommandHandlerActor(CommandPalette palette) : ReceiveActor
{
    private readonly Dictionary<string, Action<Command>> _handlers = [];

    protected void Process(string commandName, Action<Command> handler)
    {
        if (palette.Commands.All(command => command.Name != commandName))
        {
            throw new ArgumentException($"{palette.ModuleName} has no command {commandName}.", nameof(commandName));
        }

        _handlers.Add(commandName, handler);
    }

    protected override void PreStart()
    {
        base.PreStart();
        Become(() => Receive<Command>(command => _handlers[command.Name](command)));
    }
}

public sealed class PetabridgeCmd : IExtension
{
    private readonly ActorSystem _system;
    private readonly List<CommandPaletteHandler> _handlers = [];

    private PetabridgeCmd(ActorSystem system) => _system = system;

    public bool Started { get; private set; }

    public static PetabridgeCmd Get(ActorSystem system) => system.WithExtension<PetabridgeCmd, Provider>();

    public bool RegisterCommandPalette(CommandPaletteHandler handler)
    {
        _handlers.Add(handler);
        handler.OnRegister(this);
        return true;
    }

    public void Start() => Started = true;

    public LocalClient StartLocalClient() => Started
        ? new LocalClient(_system, _handlers)
        : throw new InvalidOperationException("The host has not been started.");

    public sealed class Provider : ExtensionIdProvider<PetabridgeCmd>
    {
        public override PetabridgeCmd CreateExtension(ExtendedActorSystem system) => new(system);
    }
}

/// <summary>A connection of a client: its own actor for each palette, and one for the answers.</summary>
public sealed class LocalClient(ActorSystem system, IReadOnlyList<CommandPaletteHandler> handlers) : IDisposable
{
    private readonly Dictionary<string, IActorRef> _actors =
        handlers.ToDictionary(handler => handler.Palette.ModuleName, handler => system.ActorOf(handler.HandlerProps));

    public IReadOnlyList<CommandPalette> GetAvailablePalettes() => [.. handlers.Select(handler => handler.Palette)];

    public IAsyncEnumerable<CommandResponse> ExecuteAsync(string palette, string command, params (string Switch, string Value)[] arguments)
    {
        var answers = Channel.CreateUnbounded<CommandResponse>();
        var client = system.ActorOf(Props.Create(() => new AnswerActor(answers.Writer)));
        _actors[palette].Tell(new Command(palette, command, [.. arguments.Select(given => Tuple.Create(given.Switch, given.Value))]), client);
        return answers.Reader.ReadAllAsync();
    }

    public void Dispose()
    {
        foreach (var actor in _actors.Values)
        {
            system.Stop(actor);
        }
    }

    private sealed class AnswerActor : ReceiveActor
    {
        public AnswerActor(ChannelWriter<CommandResponse> answers) => Receive<CommandResponse>(response =>
        {
            answers.TryWrite(response);
            if (response.Final)
            {
                answers.Complete();
                Context.Stop(Self);
            }
        });
    }
}
