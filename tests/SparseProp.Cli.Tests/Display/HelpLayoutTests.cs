using System.CommandLine;
using SparseProp.Cli.Commands;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Tests.Display;

/// <summary>Help at every width that a terminal has.</summary>
public sealed class HelpLayoutTests
{
    // Longer than a narrow terminal, and left whole.
    private const int LongestWord = 70;

    public static TheoryData<string> Commands => ["sparseprop", .. CommandLine.Callable(CommandLine.CreateRoot()).Select(CommandLine.NameOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void LinesBreakBetweenWordsAndNoWordIsLost(string name)
    {
        var help = HelpOf(name);
        for (var width = 40; width <= 200; width++)
        {
            var lines = HelpLayout.Fit(help, width).Split('\n');

            Assert.Equal(Words(help).Order(), Words(string.Join('\n', lines)).Order());
            Assert.All(lines.Where(line => line.Length > width), line => Assert.True(line.TrimStart().Length <= LongestWord && !line.TrimStart().Contains(' ', StringComparison.Ordinal), line));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnExampleIsTheSameCommandAtEveryWidth(string name)
    {
        if (CommandLine.Callable(CommandLine.CreateRoot()).SingleOrDefault(one => CommandLine.NameOf(one) == name) is not ExampledCommand command)
        {
            return;
        }

        foreach (var example in command.Examples)
        {
            for (var width = 40; width <= 200; width += 5)
            {
                Assert.Equal(Words(example), Words(HelpLayout.Command(example, width).Replace("\\\n", "", StringComparison.Ordinal)));
            }
        }
    }

    private static string HelpOf(string name)
    {
        using var help = new StringWriter();
        var root = CommandLine.CreateRoot();
        root.Parse([.. name.Split(' ').Skip(1), "--help"]).Invoke(new InvocationConfiguration { Output = help });
        return help.ToString();
    }

    private static string[] Words(string text) => text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
