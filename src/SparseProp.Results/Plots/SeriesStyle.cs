using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>Colour and marker of a series; either alone tells it from its neighbours.</summary>
internal static class SeriesStyle
{
    /// <summary>Most series that have a colour of their own, apart to every kind of colour vision; more get shades in their order.</summary>
    public const int MostColors = 6;

    // Okabe and Ito (2008), without the yellow that white paper swallows; black is for references.
    private static readonly Color[] Apart =
    [
        Color.FromHex("#0072B2"),
        Color.FromHex("#D55E00"),
        Color.FromHex("#009E73"),
        Color.FromHex("#CC79A7"),
        Color.FromHex("#E69F00"),
        Color.FromHex("#56B4E9"),
    ];

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown,
        MarkerShape.OpenCircle,
        MarkerShape.OpenSquare,
        MarkerShape.OpenTriangleUp,
        MarkerShape.OpenDiamond,
    ];

    public static int MostMarkers => Shapes.Length;

    // So short that the legend shows several dashes.
    private static readonly LinePattern[] Patterns =
        [LinePattern.Solid, new([4, 1.5f], 0, "dashed"), new([1.5f, 1.5f], 0, "dotted"), new([5, 1.5f, 1.5f, 1.5f], 0, "dash-dotted")];

    // Viridis ends in that yellow, too.
    private const double DarkestShade = 0.05;
    private const double LightestShade = 0.88;

    /// <param name="place">Place of the series.</param>
    /// <param name="count">Number of all series.</param>
    public static Color ColorOf(int place, int count) => count <= MostColors
        ? Apart[place]
        : new ScottPlot.Colormaps.Viridis().GetColor(DarkestShade + ((LightestShade - DarkestShade) * place / (count - 1)));

    public static MarkerStyle MarkerOf(int place, Color color, float size) => new(Shapes[place % Shapes.Length], size, color)
    {
        LineWidth = 1,
        LineColor = color,
    };

    public static LinePattern PatternOfReferences { get; } = new([3, 2], 0, "dashed");

    /// <summary>Patterns of lines that have no markers.</summary>
    public static LinePattern PatternOf(int place) => Patterns[place % Patterns.Length];
}
