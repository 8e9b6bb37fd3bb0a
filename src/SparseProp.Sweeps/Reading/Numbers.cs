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

        value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? null : $"{Excerpt.Of(text)} is too large for a double-precision number";
    }

    /// <summary>An integer of 64 bits, also as 1e5, or what is wrong with <paramref name="text"/>.</summary>
    public static string? TryInteger(string text, out long value)
    {
        value = 0;
        if (IntegerForm().IsMatch(text))
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

    private static string NotANumber(string text) => text.ToLowerInvariant().TrimStart('+', '-', '.') switch
    {
        "nan" => $"{text} is not a number that can be simulated; write a finite one",
        "inf" or "infinity" => $"{text} is infinite; write a finite number",
        _ => $"`{Excerpt.Of(text)}` is not a number; write one such as 1000, 0.5 or 1e5",
    };

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^(?<first>[-+]?[0-9]+)\.\.(?<last>[-+]?[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex RangeForm();
}
