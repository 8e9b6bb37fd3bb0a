namespace SparseProp.Service.Palettes;

/// <summary>Commands for operators that belong together, as a console shows them. Their names follow those of Petabridge.Cmd.</summary>
/// <param name="Name">What comes first on the line, such as <c>cluster</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Commands">What may follow.</param>
public sealed record Palette(string Name, string Description, IReadOnlyList<PaletteCommand> Commands);

/// <summary>One command of a palette.</summary>
/// <param name="Name">What follows the palette's name, such as <c>show</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Arguments">What it takes.</param>
/// <param name="RunAsync">
/// Runs it until it is done or cancelled. A <see cref="PaletteException"/> is told to the caller; any other is a fault.
/// </param>
public sealed record PaletteCommand(
    string Name, string Description, IReadOnlyList<PaletteArgument> Arguments, Func<PaletteCall, CancellationToken, Task> RunAsync);

/// <summary>Something that a command takes.</summary>
/// <param name="Name">Its name, such as <c>sweep</c>.</param>
/// <param name="Description">One sentence.</param>
public sealed record PaletteArgument(string Name, string Description)
{
    /// <summary>Taken by every command that prints facts.</summary>
    public static readonly PaletteArgument Json = new("json", "Print JSON.") { Switches = ["--json"], Kind = PaletteValue.Flag };

    /// <summary>How it is introduced, such as <c>-d</c> and <c>--depth</c>; none where its place tells what it is.</summary>
    public IReadOnlyList<string> Switches { get; init; } = [];

    /// <summary>Whether the command needs it.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>What is taken where it is not given; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>What may be written.</summary>
    public PaletteValue Kind { get; init; }
}

/// <summary>What an argument may be.</summary>
public enum PaletteValue
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>Given or not, without a value.</summary>
    Flag,

    /// <summary>A whole number from 1.</summary>
    Number,

    /// <summary>The name of a sweep.</summary>
    Sweep,

    /// <summary>The name of a worker.</summary>
    Worker,

    /// <summary>The address of a node.</summary>
    Node,
}
