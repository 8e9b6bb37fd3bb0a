using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>The letters of figures: without serifs, as most journals ask.</summary>
internal static class FigureFont
{
    /// <summary>Height in points.</summary>
    public const float Size = 8;

    /// <summary>Height of notes inside panels.</summary>
    public const float SmallSize = 7;

    public const float LineHeight = 11;

    private static readonly string[] Preferred = ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Noto Sans"];

    /// <summary>The first of them that this machine has.</summary>
    public static string Name { get; } = Preferred.FirstOrDefault(Exists) ?? Fonts.Default;

    private static bool Exists(string name) =>
        Fonts.GetTypeface(name, bold: false, italic: false).FamilyName.Equals(name, StringComparison.OrdinalIgnoreCase);

    public static LabelStyle Label(string text, float size, Color color) => new()
    {
        Text = text,
        FontName = Name,
        FontSize = size,
        ForeColor = color,
        Padding = 0,
        Alignment = Alignment.MiddleLeft,
    };

    public static float WidthOf(string text, float size)
    {
        using var paint = Paint.NewDisposablePaint();
        return Label(text, size, Colors.Black).Measure(text, paint).Width;
    }
}
