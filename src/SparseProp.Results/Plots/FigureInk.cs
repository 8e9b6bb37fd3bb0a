using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>The colours of a figure that are no series'.</summary>
/// <param name="Text">Text, frames, ticks and references.</param>
/// <param name="Paper">What is behind all; transparent where the page shows through.</param>
internal sealed record FigureInk(Color Text, Color Paper)
{
    /// <summary>Black on white.</summary>
    public static FigureInk Print { get; } = new(Colors.Black, Colors.White);

    /// <summary>A colour that stands for the page's own, see <see cref="FigureSvg"/>.</summary>
    public static FigureInk OfPage { get; } = new(Color.FromHex("#FE10EC"), Colors.Transparent);
}
