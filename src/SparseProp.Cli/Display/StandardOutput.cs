using Spectre.Console.Rendering;

namespace SparseProp.Cli.Display;

/// <summary>Tables on standard output: as wide as the terminal, or as wide as they like in a pipe.</summary>
internal static class StandardOutput
{
    private const int WidthOfPipes = 200;

    public static void Write(IRenderable view)
    {
        var console = Terminal.Output();
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfPipes;
        }

        console.Write(view);
    }
}
