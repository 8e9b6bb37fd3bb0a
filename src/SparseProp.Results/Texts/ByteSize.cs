using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseProp.Results.Texts;

/// <summary>Numbers of bytes as users write them: alone or with a unit of powers of 1000 (MB) or 1024 (MiB).</summary>
public static partial class ByteSize
{
    // A unit's place is its power.
    private const string Prefixes = "KMGT";

    /// <summary>Reads 8GiB, 500MB, 1.5k or 1e9; upper and lower case mean the same, and parts of a byte are cut off.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="bytes">The bytes, from 1 to <see cref="long.MaxValue"/>; 0 where it is no such number.</param>
    public static bool TryParse(string text, out long bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        var form = Form().Match(text);
        bytes = 0;
        if (!form.Success)
        {
            return false;
        }

        var power = form.Groups["prefix"] is { Success: true } prefix ? 1 + Prefixes.IndexOf(char.ToUpperInvariant(prefix.ValueSpan[0])) : 0;
        var size = double.Parse(form.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)
            * Math.Pow(form.Groups["binary"].Success ? 1024 : 1000, power);
        bytes = size < long.MaxValue ? (long)size : 0;
        return bytes >= 1;
    }

    [GeneratedRegex(
        @"^(?<number>[0-9]+(\.[0-9]*)?([eE]\+?[0-9]{1,3})?) ?((?<prefix>[kKmMgGtT])(?<binary>[iI])?)?[bB]?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
