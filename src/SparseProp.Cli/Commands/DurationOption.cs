using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseProp.Cli.Commands;

/// <summary>Options that hold a span of time: 90s, 30m, 1.5h, 2d.</summary>
internal static partial class DurationOption
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static Option<TimeSpan?> Optional(string name, string description) =>
        new(name) { Description = description, CustomParser = Parse, HelpName = "TIME" };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = NumberOption.TextOf(result);
        var form = Form().Match(text);
        if (form.Success)
        {
            var seconds = double.Parse(form.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                * form.Groups["unit"].Value switch
                {
                    "d" => TimeSpan.SecondsPerDay,
                    "h" => TimeSpan.SecondsPerHour,
                    "m" => TimeSpan.SecondsPerMinute,
                    _ => 1,
                };
            if (seconds > 0 && seconds <= Longest.TotalSeconds)
            {
                return TimeSpan.FromSeconds(seconds);
            }
        }

        result.AddError($"{NumberOption.NameOf(result)} takes a time such as 90s, 30m or 1.5h, at most {Longest.Days}d, not '{text}'");
        return null;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,9}(\.[0-9]{1,9})?)(?<unit>[smhd])\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
