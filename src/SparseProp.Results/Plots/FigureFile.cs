using SkiaSharp;

namespace SparseProp.Results.Plots;

/// <summary>Figures as files of a size for print.</summary>
public static class FigureFile
{
    /// <summary>Narrowest figure in millimetres.</summary>
    public const double Narrowest = 60;

    /// <summary>Widest figure in millimetres.</summary>
    public const double Widest = 500;

    private const double PointsPerMillimetre = 72 / 25.4;
    private const int DotsPerInch = 300;

    // Even surfaces compress best as they are.
    private static readonly SKPngEncoderOptions Smallest = new(SKPngEncoderFilterFlags.None, zLibLevel: 9);

    /// <summary>Says whether the ending of a file name names a format.</summary>
    /// <exception cref="ArgumentException">It is neither .png nor .svg.</exception>
    public static void RefuseUnknown(string path)
    {
        if (Path.GetExtension(path) is not (".png" or ".svg"))
        {
            throw new ArgumentException($"'{path}' ends neither in .png nor in .svg, so its format is unknown");
        }
    }

    /// <summary>Draws to a file whose format its ending says: PNG of 300 dots per inch, or SVG.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="millimetres">Width; letters are 8 points high whatever the width. The height follows from what is in it.</param>
    /// <exception cref="ArgumentException">The ending is neither .png nor .svg.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(Figure figure, string path, double millimetres)
    {
        RefuseUnknown(path);
        var drawing = new FigureDrawing(figure, (float)(millimetres * PointsPerMillimetre), FigureInk.Print);
        if (Path.GetExtension(path) == ".png")
        {
            File.WriteAllBytes(path, Png(drawing));
        }
        else
        {
            File.WriteAllText(path, FigureSvg.Document(drawing, figure));
        }
    }

    private static byte[] Png(FigureDrawing drawing)
    {
        const float scale = DotsPerInch / 72f;
        var info = new SKImageInfo((int)MathF.Ceiling(drawing.Width * scale), (int)MathF.Ceiling(drawing.Height * scale)) { AlphaType = SKAlphaType.Opaque };
        using var surface = SKSurface.Create(info);
        surface.Canvas.Clear(FigureInk.Print.Paper.ToSKColor());
        surface.Canvas.Scale(scale);
        drawing.Render(surface.Canvas);
        using var pixels = surface.PeekPixels();
        using var data = pixels.Encode(Smallest) ?? throw new IOException($"a picture of {info.Width} x {info.Height} pixels could not be encoded");
        return PngResolution.In(data.AsSpan(), DotsPerInch);
    }
}
