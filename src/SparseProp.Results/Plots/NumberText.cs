using System.Globalization;

namespace SparseProp.Results.Plots;

/// <summary>Numbers as papers write them.</summary>
internal static class NumberText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A number with the digits it has, to twelve of them: 0.25, 20000, 3×10⁻⁷.</summary>
    public static string Of(double value)
    {
        if (value == 0 || Math.Abs(value) is >= 1e-3 and < 1e5)
        {
            return value.ToString("0.############", CultureInfo.InvariantCulture).Replace('-', '−');
        }

        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var mantissa = value / Math.Pow(10, exponent);
        return $"{mantissa.ToString("0.#########", CultureInfo.InvariantCulture).Replace('-', '−')}×{Power(exponent)}";
    }

    /// <summary>A power of ten: 0.1, 100, 10⁴.</summary>
    public static string PowerOfTen(int exponent) => exponent is >= -2 and <= 3 ? Of(Math.Pow(10, exponent)) : Power(exponent);

    /// <summary>A value and its error to two digits of the latter, without the sign between them.</summary>
    public static (string Value, string Error) WithError(double value, double error)
    {
        var digits = error > 0 && double.IsFinite(error) ? (int)Math.Clamp(Math.Ceiling(1 - Math.Log10(error) - 1e-9), 0, 12) : 3;
        var format = "F" + digits;
        return (Signed(value.ToString(format, CultureInfo.InvariantCulture)), error.ToString(format, CultureInfo.InvariantCulture));
    }

    private static string Signed(string text) => text.Replace('-', '−');

    private static string Power(int exponent) =>
        "10" + (exponent < 0 ? "⁻" : "") + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
}
