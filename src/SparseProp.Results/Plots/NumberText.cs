using System.Globalization;

namespace SparseProp.Results.Plots;

/// <summary>Numbers as papers write them.</summary>
internal static class NumberText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    // An error that is smaller by this factor than its value comes from arithmetic.
    private const double Rounding = 1e-9;

    /// <summary>A number with the digits it has, to twelve of them: 0.25, 20000, 3×10⁻⁷, 10⁶.</summary>
    public static string Of(double value)
    {
        if (value == 0 || Math.Abs(value) is >= 1e-3 and < 1e5)
        {
            return Signed(value.ToString("0.###############", CultureInfo.InvariantCulture));
        }

        var parts = value.ToString("0.###########E+0", CultureInfo.InvariantCulture).Split('E');
        var power = PowerOfTen(int.Parse(parts[1], CultureInfo.InvariantCulture));
        return parts[0] switch { "1" => power, "-1" => "−" + power, var mantissa => $"{Signed(mantissa)}×{power}" };
    }

    /// <summary>A number to five digits.</summary>
    public static string Rounded(double value) =>
        Of(double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>A power of ten: 10⁴.</summary>
    public static string PowerOfTen(int exponent) =>
        "10" + (exponent < 0 ? "⁻" : "") + string.Concat(Digits(Math.Abs(exponent)).Select(digit => Superscripts[digit - '0']));

    /// <summary>A value and its error to two digits of the latter: 0.251 ± 0.012, (1.15 ± 0.05)×10⁸.</summary>
    public static string WithError(double value, double error)
    {
        var size = Math.Max(Math.Abs(value), error);
        if (!(error > Rounding * size))
        {
            return $"{Rounded(value)} ± 0";
        }

        var exponent = size is >= 1e-3 and < 1e5 ? 0 : (int)Math.Floor(Math.Log10(size));
        var (scaled, scaledError) = (value / Math.Pow(10, exponent), error / Math.Pow(10, exponent));
        var format = "F" + (int)Math.Clamp(Math.Ceiling(1 - Math.Log10(scaledError) - 1e-9), 0, 15);
        var text = $"{Signed(scaled.ToString(format, CultureInfo.InvariantCulture))} ± {scaledError.ToString(format, CultureInfo.InvariantCulture)}";
        return exponent == 0 ? text : $"({text})×{PowerOfTen(exponent)}";
    }

    /// <summary>With a minus sign for a hyphen, and none before zero.</summary>
    private static string Signed(string text) =>
        text.StartsWith('-') && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "−" + text[1..] : text.TrimStart('-');

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
