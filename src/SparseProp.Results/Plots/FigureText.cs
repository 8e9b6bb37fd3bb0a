using ScottPlot;
using SkiaSharp;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Plots;

/// <summary>One line of text in a figure. Exponents are drawn as small raised digits, because most fonts lack some of ⁰ to ⁹.</summary>
internal static class FigureText
{
    private const string Exponents = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
    private const string Digits = "0123456789−";
    private const float ExponentSize = 0.7f;
    private const float ExponentRise = 0.35f;

    public static float WidthOf(string text, float size) => RunsOf(text, size).Sum(run => FigureFont.WidthOf(run.Text, run.Size));

    /// <summary>Lines that are no wider than this, broken between words; a word that is wider ends in an ellipsis.</summary>
    /// <param name="text">One line.</param>
    /// <param name="size">Height of the letters in points.</param>
    /// <param name="width">In points.</param>
    public static IReadOnlyList<string> Wrapped(string text, float size, float width)
    {
        List<string> lines = [];
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && WidthOf($"{lines[^1]} {word}", size) <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(Shortened(word, size, width));
            }
        }

        return lines;
    }

    private static string Shortened(string word, float size, float width)
    {
        var length = word.Length;
        while (length > 1 && WidthOf(Cut(length), size) > width)
        {
            length--;
        }

        return Cut(length);

        string Cut(int letters) => letters == word.Length ? word : word[..letters] + "…";
    }

    /// <param name="canvas">The figure's.</param>
    /// <param name="text">What to write.</param>
    /// <param name="size">Height of the letters in points.</param>
    /// <param name="at">Where the middle of its left end is.</param>
    /// <param name="ink">In which colour.</param>
    public static void Draw(SKCanvas canvas, string text, float size, Pixel at, FigureInk ink)
    {
        using var paint = Paint.NewDisposablePaint();
        foreach (var run in RunsOf(text, size))
        {
            FigureFont.Label(run.Text, run.Size, ink.Text).Render(canvas, at.WithOffset(0, -run.Rise), paint);
            at = at.WithOffset(FigureFont.WidthOf(run.Text, run.Size), 0);
        }
    }

    private static List<(string Text, float Size, float Rise)> RunsOf(string text, float size)
    {
        text = VisibleText.Line(text);
        List<(string, float, float)> runs = [];
        for (var (start, end) = (0, 1); start < text.Length; start = end++)
        {
            var isExponent = Exponents.Contains(text[start]);
            while (end < text.Length && Exponents.Contains(text[end]) == isExponent)
            {
                end++;
            }

            var part = text[start..end];
            runs.Add(isExponent
                ? (string.Concat(part.Select(c => Digits[Exponents.IndexOf(c)])), ExponentSize * size, ExponentRise * size)
                : (part, size, 0));
        }

        return runs;
    }
}
