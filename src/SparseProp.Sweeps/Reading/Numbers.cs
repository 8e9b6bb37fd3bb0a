using System.Globalization;
using System.Text.RegularExpressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Numbers as sweep files write them, whatever the machine's language.</summary>
internal static partial class Numbers
{
    /// <summary>Beyond this a double no longer holds every integer.</summary>
    public const long LargestExactInteger = 1L << 53;

    /// <summary>A finite double, or what is wrong with <paramref name="text"/>.</summary>
    public static string? TryReal(string text, out double value)
    {
        value = 0;
        if (!NumberForm().IsMatch(text))
        {
            return NotANumber(text);
        }

        if (PaddedForm().IsMatch(text))
        {
            return $"{Excerpt.Of(text)} is no number; if the comma before it is one of a number, write 0.5 with a point, or 10000 without separators";
        }

        value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? null : $"{Excerpt.Of(text)} is too large for a double-precision number";
    }

    /// <summary>An integer of 64 bits, also as 1e5, or what is wrong with <paramref name="text"/>.</summary>
    public static string? TryInteger(string text, out long value)
    {
        value = 0;
        if (IntegerForm().IsMatch(text) && !PaddedForm().IsMatch(text))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                ? null
                : $"{Excerpt.Of(text)} does not fit into 64 bits; write a number between {long.MinValue} and {long.MaxValue}";
        }

        if (TryReal(text, out var real) is { } problem)
        {
            return problem;
        }

        if (real != Math.Floor(real))
        {
            var nearest = Math.Round(real).ToString("F0", CultureInfo.InvariantCulture);
            return $"{Excerpt.Of(text)} is not an integer; write one, such as {nearest}";
        }

        if (Math.Abs(real) > LargestExactInteger)
        {
            return $"{Excerpt.Of(text)} is too large to be exact with an exponent; write out its digits";
        }

        value = (long)real;
        return null;
    }

    /// <summary>The ends of <c>first..last</c>, as written.</summary>
    public static bool IsIntegerRange(string text, out string first, out string last)
    {
        var match = RangeForm().Match(text);
        (first, last) = (match.Groups["first"].Value, match.Groups["last"].Value);
        return match.Success;
    }

    /// <summary>What is wrong with a text that is no number, and which one was probably meant.</summary>
    public static string NotANumber(string text) => text.ToLowerInvariant().TrimStart('+', '-', '.') switch
    {
        "nan" => $"{text} is not a number that can be simulated; write a finite one",
        "inf" or "infinity" => $"{text} is infinite; write a finite number",
        _ => $"`{Excerpt.Of(text)}` is not a number; write {Meant(text) ?? "one such as 1000, 0.5 or 1e5"}",
    };

    private static string? Meant(string text)
    {
        if (GroupedForm().IsMatch(text))
        {
            return $"{new string([.. text.Where(char.IsAsciiDigit)])}, without separators";
        }

        if (DecimalCommaForm().IsMatch(text))
        {
            return $"{text.Replace(',', '.')}, with a point";
        }

        if (UnitForm().Match(text) is not { Success: true } written)
        {
            return null;
        }

        var unit = written.Groups["unit"].Value;
        var (factor, @base) = UnitsOf(unit);
        return @base is null
            ? $"{written.Groups["number"].Value}, without {unit}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{decimal.Parse(written.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) * factor:0.##############}, which is in {@base}");
    }

    private static (decimal Factor, string? Base) UnitsOf(string unit) => unit switch
    {
        "s" or "sec" => (1, "seconds"),
        "ms" => (1e-3m, "seconds"),
        "us" or "µs" or "μs" => (1e-6m, "seconds"),
        "min" => (60, "seconds"),
        "h" => (3600, "seconds"),
        "Hz" or "hz" => (1, "Hz"),
        "kHz" or "khz" => (1e3m, "Hz"),
        "mHz" => (1e-3m, "Hz"),
        _ => (1, null),
    };

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^[-+]?00+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PaddedForm();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}([,_' ][0-9]{3})+\z", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedForm();

    [GeneratedRegex(@"^[-+]?[0-9]+,[0-9]+([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalCommaForm();

    [GeneratedRegex(@"^(?<number>[-+]?[0-9]{1,9}(\.[0-9]{0,9})?) ?(?<unit>[A-Za-zµμ]{1,8})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex UnitForm();

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^(?<first>[-+]?[0-9]+)\.\.(?<last>[-+]?[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex RangeForm();
}
