using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SparseProp.Cli.Commands;
using SparseProp.Cli.Display;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>What the program says of itself: help, completion, manual page, exit codes.</summary>
public sealed partial class CommandLineTests
{
    private static readonly RootCommand Root = CommandLine.CreateRoot();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Commands => [.. CommandLine.Callable(Root).Select(CommandLine.NameOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommandShowsExamplesThatItUnderstands(string name)
    {
        var command = Assert.IsType<ExampledCommand>(CommandLine.Callable(Root).Single(one => CommandLine.NameOf(one) == name));

        var own = command.Examples.SelectMany(CallsIn).ToList();

        Assert.Contains(own, call => Root.Parse(call).CommandResult.Command == command);
        Assert.All(own, call => Assert.Empty(Root.Parse(call).Errors));
        Assert.All(command.Options.Where(option => !option.Hidden), option => Assert.NotEmpty(option.Description ?? ""));
        Assert.All(command.Arguments, argument => Assert.NotEmpty(argument.Description ?? ""));
    }

    [Theory]
    [InlineData("sparseprop subm", "submit")]
    [InlineData("sparseprop results exp", "export")]
    [InlineData("sparseprop submit --wa", "--wait")]
    [InlineData("sparseprop simulate --model qif-t", "qif-time")]
    [InlineData("sparseprop simulate --engine win", "window")]
    [InlineData("sparseprop results table quickstart --format c", "csv")]
    [InlineData("sparseprop completion ", "bash fish pwsh zsh")]
    [InlineData("sparseprop run ", "")] // which leaves it to the shell: names of files, no options
    [InlineData("sparseprop run d", "")]
    public async Task BashCompletesWhatTheProgramKnows(string line, string expected)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "sparseprop.dll");
        var script = $$"""
            sparseprop() { dotnet '{{program}}' "$@"; }
            source <(sparseprop completion bash)
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE); [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _sparseprop sparseprop
            echo "${COMPREPLY[@]}"
            """;

        Assert.Equal(expected, (await RunAsync("bash", script, "-s")).Trim());
    }

    [Fact]
    public async Task TheManualPageHasEveryCommandAndOption()
    {
        var page = new StringWriter();
        ManPage.Write(Root, page);
        var text = page.ToString().Replace("\\-", "-", StringComparison.Ordinal);

        Assert.All(CommandLine.Callable(Root), command => Assert.Contains($".SS {CommandLine.NameOf(command)}", text, StringComparison.Ordinal));
        Assert.Contains(".B --lyapunov", text, StringComparison.Ordinal);
        Assert.All(
            page.ToString().Split('\n').Where(line => line is ['.' or '\'', ..]),
            line => Assert.Contains(line.Split(' ')[0], (string[])[".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE", ".B", ".I"]));
        if (File.Exists("/usr/bin/groff"))
        {
            Assert.Contains("EXIT STATUS", await RunAsync("groff", page.ToString(), "-Kutf8", "-man", "-ww", "-Tutf8", "-P-cbou"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheReadmeSaysWhatTheExitCodesMean()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

        Assert.All(
            ExitCode.Meanings,
            exit => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {exit.Code} | {exit.Meaning} |"), readme, StringComparison.Ordinal));
    }

    // An example may be part of a pipe, or have its output redirected.
    private static IEnumerable<string> CallsIn(string example) => Call().Matches(example).Select(call => call.Groups["words"].Value.Trim());

    [GeneratedRegex("""sparseprop (?<words>("[^"]*"|[^"|<>&)])*)""")]
    private static partial Regex Call();

    private static async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal("", await errors);
        return output;
    }
}
