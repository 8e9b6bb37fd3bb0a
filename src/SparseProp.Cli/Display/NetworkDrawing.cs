using System.Globalization;
using System.Security;
using System.Text;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Display;

/// <summary>Draws a network as SVG: a circle for each population, an arrow for each pair that is connected, coloured by its effect.</summary>
internal static class NetworkDrawing
{
    private const double Ring = 60;
    private const double Margin = 130;
    private const double Bend = 18;

    private const string Excites = "#c0392b";
    private const string Inhibits = "#2c5aa0";
    private const string Varies = "#777777";

    private static readonly (string Name, string Colour)[] Effects = [("excites", Excites), ("inhibits", Inhibits), ("varies", Varies)];

    public static string Svg(NetworkSummary summary)
    {
        var populations = summary.Network.Populations;
        var circle = populations.Count == 1 ? 0 : Math.Max(120, populations.Count * Ring / 2);
        var size = 2 * (circle + Margin);
        var places = populations.Select((population, i) => (population, Angle: (2 * Math.PI * i / populations.Count) - (Math.PI / 2)))
            .ToDictionary(
                pair => pair.population.Name,
                pair => (X: (size / 2) + (circle * Math.Cos(pair.Angle)), Y: (size / 2) + (circle * Math.Sin(pair.Angle)), pair.Angle, Radius: RadiusOf(pair.population)));
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size:0.#} {size:0.#}\" width=\"{size:0}\" height=\"{size:0}\" font-family=\"sans-serif\" font-size=\"13\">");
        Line(svg, $"<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        svg.AppendLine("<defs>");
        foreach (var (name, colour) in Effects)
        {
            Line(svg, $"<marker id=\"{name}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0,0 L10,5 L0,10 z\" fill=\"{colour}\"/></marker>");
        }

        svg.AppendLine("</defs>");
        foreach (var projection in summary.Projections)
        {
            var (from, to) = (places[projection.Projection.From.Population], places[projection.Projection.To.Population]);
            var path = from == to
                ? Loop(from.X, from.Y, from.Radius, populations.Count == 1 ? -Math.PI / 2 : from.Angle)
                : Arrow(from.X, from.Y, from.Radius, to.X, to.Y, to.Radius);
            var (effect, colour) = EffectOf(projection.Projection.Weight);
            Line(svg, $"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\" marker-end=\"url(#{effect})\"><title>{Text(projection.Projection.Name)}: {projection.Synapses:G6} synapses</title></path>");
        }

        foreach (var population in populations)
        {
            var (x, y, _, radius) = places[population.Name];
            Line(svg, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\" fill=\"#f4f4f4\" stroke=\"#333333\"/>");
            Line(svg, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"middle\" font-weight=\"bold\">{Text(population.Name)}</text>");
            Line(svg, $"<text x=\"{x:0.#}\" y=\"{y + 15:0.#}\" text-anchor=\"middle\" fill=\"#555555\">{population.Size:N0} {population.Model.ToString().ToLowerInvariant()}</text>");
        }

        foreach (var inputs in summary.Inputs.GroupBy(input => input.Input.To.Population))
        {
            var (x, y, _, radius) = places[inputs.Key];
            var text = string.Join(", ", inputs.Select(input => input.Input.Kind.ToString().ToLowerInvariant()).Distinct());
            var (effect, colour) = EffectOf(inputs.First().Input.Weight);
            Line(svg, $"<path d=\"M{x - radius - 45:0.#},{y:0.#} L{x - radius:0.#},{y:0.#}\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-dasharray=\"4 3\" marker-end=\"url(#{effect})\"/>");
            Line(svg, $"<text x=\"{x - radius - 48:0.#}\" y=\"{y + 4:0.#}\" text-anchor=\"end\" fill=\"#555555\">{text}</text>");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static double RadiusOf(Population population) => 30 + (4 * Math.Log10(population.Size));

    private static (string Name, string Colour) EffectOf(Quantity weight) => weight.Kind switch
    {
        QuantityKind.Constant or QuantityKind.Lognormal => weight.First < 0 ? Effects[1] : Effects[0],
        QuantityKind.Listed => weight.Values!.All(value => value >= 0) ? Effects[0] : weight.Values!.All(value => value <= 0) ? Effects[1] : Effects[2],
        QuantityKind.Uniform => weight.First >= 0 ? Effects[0] : weight.Second <= 0 ? Effects[1] : Effects[2],
        _ => weight.Min >= 0 ? Effects[0] : weight.Max <= 0 ? Effects[1] : weight.First < 0 ? Effects[1] : Effects[0],
    };

    // To one side, so that there is room for the way back.
    private static string Arrow(double x, double y, double radius, double toX, double toY, double toRadius)
    {
        var (dx, dy) = (toX - x, toY - y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        (dx, dy) = (dx / length, dy / length);
        var (middleX, middleY) = (((x + toX) / 2) - (dy * Bend), ((y + toY) / 2) + (dx * Bend));
        return Coordinates($"M{x + (dx * radius):0.#},{y + (dy * radius):0.#} Q{middleX:0.#},{middleY:0.#} {toX - (dx * toRadius):0.#},{toY - (dy * toRadius):0.#}");
    }

    // Outwards.
    private static string Loop(double x, double y, double radius, double angle)
    {
        var (a, b) = (angle - 0.45, angle + 0.45);
        var far = radius + 50;
        return Coordinates(
            $"M{x + (radius * Math.Cos(a)):0.#},{y + (radius * Math.Sin(a)):0.#} C{x + (far * Math.Cos(a)):0.#},{y + (far * Math.Sin(a)):0.#} {x + (far * Math.Cos(b)):0.#},{y + (far * Math.Sin(b)):0.#} {x + (radius * Math.Cos(b)):0.#},{y + (radius * Math.Sin(b)):0.#}");
    }

    private static string Coordinates(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => SecurityElement.Escape(text);

    private static void Line(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
