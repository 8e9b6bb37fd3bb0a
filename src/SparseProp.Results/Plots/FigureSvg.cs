using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace SparseProp.Results.Plots;

/// <summary>Figures as SVG: by themselves, or inside a page whose colours they take on.</summary>
public static class FigureSvg
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // Thin colours lose digits on their way through the canvas.
    private const int ColorTolerance = 8;

    /// <summary>A document of its own.</summary>
    internal static string Document(FigureDrawing drawing, Figure figure)
    {
        var root = Render(drawing, figure);
        root.SetAttributeValue("width", Length(drawing.Width, "pt"));
        root.SetAttributeValue("height", Length(drawing.Height, "pt"));
        return new XDeclaration("1.0", "utf-8", null) + Environment.NewLine + root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>An element for a page: as wide as there is room, in the page's colour of text, without a background.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="width">In points, for the proportion of letters to lines.</param>
    /// <param name="prefix">Of its identifiers, which must be unique in the page.</param>
    public static string Inline(Figure figure, float width, string prefix)
    {
        var root = Render(new FigureDrawing(figure, width, FigureInk.OfPage), figure);
        foreach (var attribute in root.Descendants().Attributes())
        {
            if (IsInkOfPage(attribute.Value))
            {
                attribute.Value = "currentColor";
            }
            else if (attribute.Name == "id")
            {
                attribute.Value = prefix + attribute.Value;
            }
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
            {
                attribute.Value = $"url(#{prefix}{attribute.Value["url(#".Length..]}";
            }
            else if (attribute.Value.StartsWith('#') && attribute.Name.LocalName == "href")
            {
                attribute.Value = $"#{prefix}{attribute.Value[1..]}";
            }
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Render(FigureDrawing drawing, Figure figure)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, drawing.Width, drawing.Height), stream))
        {
            drawing.Render(canvas);
        }

        stream.Position = 0;
        var root = XDocument.Load(stream).Root!;
        root.SetAttributeValue("width", null);
        root.SetAttributeValue("height", null);
        root.SetAttributeValue("viewBox", $"0 0 {Length(drawing.Width)} {Length(drawing.Height)}");
        root.SetAttributeValue("role", "img");
        root.AddFirst(new XElement(Svg + "title", Title(figure)));
        foreach (var text in root.Descendants(Svg + "text"))
        {
            // The canvas writes texts in lines of their own, lists that end with a comma, and a font that the reader may lack.
            text.Value = text.Value.Trim();
            text.SetAttributeValue("x", text.Attribute("x")?.Value.TrimEnd(' ', ','));
            text.SetAttributeValue("y", text.Attribute("y")?.Value.TrimEnd(' ', ','));
            text.SetAttributeValue("font-family", $"{text.Attribute("font-family")?.Value}, Arial, Helvetica, sans-serif");
        }

        return root;
    }

    private static string Title(Figure figure) =>
        $"{string.Join("; ", figure.Panels.Select(panel => panel.Y.Label))} over {figure.X.Label}";

    private static bool IsInkOfPage(string value)
    {
        if (value.Length != "#rrggbb".Length || value[0] != '#'
            || !int.TryParse(value.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            return false;
        }

        var ink = FigureInk.OfPage.Text;
        return IsNear(rgb >> 16, ink.R) && IsNear((rgb >> 8) & 0xff, ink.G) && IsNear(rgb & 0xff, ink.B);
    }

    private static bool IsNear(int a, int b) => Math.Abs(a - b) <= ColorTolerance;

    private static string Length(float points, string unit = "") => points.ToString("0.##", CultureInfo.InvariantCulture) + unit;
}
