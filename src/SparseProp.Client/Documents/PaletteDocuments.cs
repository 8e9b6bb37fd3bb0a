namespace SparseProp.Client.Documents;

/// <summary>What a coordinator's console understands.</summary>
/// <param name="Palettes">Groups of commands.</param>
public sealed record PaletteListDocument(IReadOnlyList<PaletteDocument> Palettes);

/// <summary>Commands that belong together.</summary>
/// <param name="Name">What comes first on a line.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Commands">What may follow.</param>
public sealed record PaletteDocument(string Name, string Description, IReadOnlyList<PaletteCommandDocument> Commands);

/// <summary>One command of a palette.</summary>
/// <param name="Name">What follows the palette's name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Arguments">What it takes.</param>
public sealed record PaletteCommandDocument(string Name, string Description, IReadOnlyList<PaletteArgumentDocument> Arguments);

/// <summary>Something that a command takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Switches">How it is introduced; none where its place tells what it is.</param>
/// <param name="Kind"><c>text</c>, <c>flag</c>, <c>number</c>, <c>sweep</c>, <c>worker</c> or <c>node</c>; later versions may add others.</param>
/// <param name="Mandatory">Whether the command needs it.</param>
/// <param name="Default">What is taken where it is not given; null for nothing.</param>
public sealed record PaletteArgumentDocument(
    string Name, string Description, IReadOnlyList<string> Switches, string Kind, bool Mandatory, string? Default = null);

/// <summary>A command to carry out.</summary>
/// <param name="Arguments">The words of the line.</param>
/// <param name="Width">Characters of a line of the terminal that shows the output, which is fitted to it; null for no limit.</param>
public sealed record PaletteLineDocument(IReadOnlyList<string> Arguments, int? Width = null);

/// <summary>What may come next on a line.</summary>
/// <param name="Completions">Words, or ends of the last word's.</param>
public sealed record CompletionsDocument(IReadOnlyList<string> Completions);

/// <summary>A part of a command's output: a line, or the end.</summary>
/// <param name="Text">A line of output.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Exit">It is over, with the exit code of a client that was asked for it alone.</param>
public sealed record PaletteOutputDocument(string? Text = null, string? Error = null, int? Exit = null);
