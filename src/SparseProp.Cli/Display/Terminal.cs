using System.Text;
using SparseProp.Cli.Output;
using SparseProp.Results.Texts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SparseProp.Cli.Display;

/// <summary>
/// The program's way to standard output and standard error. Nothing that comes from elsewhere reaches a terminal as a command: all text is
/// made visible on its way out, and only what draws on a terminal itself passes by.
/// </summary>
internal static class Terminal
{
    private const int StandardWidth = 80;
    private const int StandardHeight = 24;
    private const int NarrowestWidth = 20;

    private static readonly TextWriter RawOutput = StandardWriter.ForOutput(Console.Out);
    private static readonly TextWriter RawError = StandardWriter.ForErrors(
        Console.Error, Console.IsErrorRedirected ? null : () => Math.Max(Screen.WidthOfTerminal, NarrowestWidth));

    /// <summary>From now on <see cref="Console.Out"/> and <see cref="Console.Error"/> show control characters as escapes.</summary>
    public static void Guard()
    {
        Console.SetOut(new VisibleWriter(RawOutput));
        Console.SetError(new VisibleWriter(RawError));
    }

    /// <summary>Characters of a line of standard output; no limit in a pipe.</summary>
    public static int Width => Console.IsOutputRedirected ? TableLayout.Unlimited : Output().Profile.Width;

    /// <summary>Draws on standard output.</summary>
    public static IAnsiConsole Output() => Create(RawOutput, Console.IsOutputRedirected);

    /// <summary>Draws on standard error.</summary>
    public static IAnsiConsole Error() => Create(RawError, Console.IsErrorRedirected);

    /// <summary>Writes to standard output what moves its cursor. What comes from elsewhere has to be made visible before.</summary>
    public static void Steer(string text)
    {
        RawOutput.Write(text);
        RawOutput.Flush();
    }

    /// <summary>Text for a cell of a table or a line of markup: in one line, visible, and no markup itself.</summary>
    public static string Cell(string text) => Markup.Escape(VisibleText.Line(text));

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new Screen(writer, !isRedirected) });
        console.Pipeline.Attach(new VisibleSegments());
        return console;
    }

    /// <summary>As Spectre's own, which takes only the console's present writers for a terminal.</summary>
    private sealed class Screen(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public static int WidthOfTerminal => Size(() => Console.BufferWidth, StandardWidth);

        public int Width => WidthOfTerminal;

        public int Height => Size(() => Console.WindowHeight, StandardHeight);

        public void SetEncoding(Encoding encoding)
        {
            if (isTerminal)
            {
                Console.OutputEncoding = encoding;
            }
        }

        private static int Size(Func<int> ask, int standard)
        {
            try
            {
                return ask() is > 0 and var size ? size : standard;
            }
            catch (IOException)
            {
                return standard;
            }
        }
    }

    /// <summary>Makes the text of all that is drawn visible; the drawing's own control codes pass.</summary>
    private sealed class VisibleSegments : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
            renderables.Select(renderable => new Visible(renderable));

        private sealed class Visible(IRenderable inner) : IRenderable
        {
            public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

            public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(segment =>
                segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(VisibleText.Line(segment.Text), segment.Style));
        }
    }
}
