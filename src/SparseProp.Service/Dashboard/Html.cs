using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Dashboard;

/// <summary>
/// Markup in the making. Interpolated values are text and are encoded, unless they are markup themselves: nothing that a user or a
/// failing point has written becomes part of a page in any other way.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    public static Html Of(FormattableString markup) => new Html().Add(markup);

    /// <summary>Takes markup that the program itself has made, as it is.</summary>
    public static Html Trusted(string markup)
    {
        var html = new Html();
        html._text.Append(markup);
        return html;
    }

    /// <summary>Joins what comes from a sequence.</summary>
    public static Html All(IEnumerable<Html> parts)
    {
        var all = new Html();
        foreach (var part in parts)
        {
            all._text.Append(part._text);
        }

        return all;
    }

    public Html Add(FormattableString markup)
    {
        var values = markup.GetArguments().Select(Encode).ToArray();
        _text.AppendFormat(CultureInfo.InvariantCulture, markup.Format, values);
        return this;
    }

    public override string ToString() => _text.ToString();

    private static object Encode(object? value) => value switch
    {
        null => "",
        Html markup => markup,
        IFormattable number when value is not string => new Encoded(number),
        _ => HtmlEncoder.Default.Encode(VisibleText.Lines(value.ToString() ?? "")),
    };

    private sealed class Encoded(IFormattable value) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) =>
            HtmlEncoder.Default.Encode(VisibleText.Lines(value.ToString(format, formatProvider)));
    }
}
