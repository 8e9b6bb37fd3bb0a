using System.CommandLine;
using System.Text.RegularExpressions;

namespace SparseProp.Cli.Tests.Commands;

public sealed partial class HelpDefaultsTests
{
    public static TheoryData<string> Commands => [.. Callable(CommandLine.CreateRoot()).Select(CommandLine.NameOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ADefaultIsSaidOnce(string command)
    {
        using var help = new StringWriter();
        await CommandLine.CreateRoot().Parse([.. command.Split(' ').Skip(1), "--help"]).InvokeAsync(
            new InvocationConfiguration { Output = help }, TestContext.Current.CancellationToken);

        Assert.Contains("Usage:", help.ToString(), StringComparison.Ordinal);
        Assert.All(Entry().Split(help.ToString()), entry => Assert.True(Default().Count(entry) <= 1, entry));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ADefaultIsWrittenAsAUserWritesIt(string command)
    {
        using var help = new StringWriter();
        await CommandLine.CreateRoot().Parse([.. command.Split(' ').Skip(1), "--help"]).InvokeAsync(
            new InvocationConfiguration { Output = help }, TestContext.Current.CancellationToken);

        Assert.DoesNotMatch(NameOfCode(), help.ToString());
    }

    private static IEnumerable<Command> Callable(Command command) =>
        command.Subcommands.Where(child => !child.Hidden).SelectMany(child => Callable(child).Prepend(child));

    // An option or argument begins its line after two blanks.
    [GeneratedRegex(@"\n  (?=\S)")]
    private static partial Regex Entry();

    // A name of an enumeration, or a list as the library joins it.
    [GeneratedRegex(@"\[default: ([A-Z][a-z]+\]|\d+\|)")]
    private static partial Regex NameOfCode();

    [GeneratedRegex(@"\[default:")]
    private static partial Regex Default();
}
