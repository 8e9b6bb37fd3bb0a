using CsCheck;
using SparseProp.Results.Texts;
using SparseProp.Service.Palettes;

namespace SparseProp.Cluster.Tests.Palettes;

public sealed class PaletteShellTests
{
    private readonly List<string> _lines = [];

    private static PaletteShell Shell => new(
        [
            new Palette(
                "echo",
                "Says things.",
                [
                    new PaletteCommand("nothing", "Says nothing.", [], (_, _) => Task.CompletedTask),
                    new PaletteCommand(
                        "sweep",
                        "Says what it was given.",
                        [
                            new PaletteArgument("sweep", "A sweep.") { IsMandatory = true, Kind = PaletteValue.Sweep },
                            new PaletteArgument("depth", "A depth.") { Switches = ["-d", "--depth"], Default = "4", Kind = PaletteValue.Number },
                            new PaletteArgument("worker", "A worker.") { Switches = ["-w"], Kind = PaletteValue.Worker },
                            PaletteArgument.Json,
                        ],
                        (call, cancellation) => call.WriteAsync(
                            $"{call.Get("sweep")} {call.GetNumber("depth")} {(call.Has("worker") ? call.Get("worker") : "nobody")} {call.Json}\nbye",
                            cancellation)),
                ]),
        ],
        (kind, _) => Task.FromResult<IReadOnlyList<string>>(kind switch
        {
            PaletteValue.Sweep => ["balance", "chaos"],
            PaletteValue.Worker => ["w1"],
            _ => [],
        }));

    [Theory]
    [InlineData("chaos 4 nobody False", "echo", "sweep", "chaos")]
    [InlineData("chaos 2 w1 True", "echo", "sweep", "-d", "2", "chaos", "--json", "-w", "w1")]
    [InlineData("chaos 7 nobody False", "echo", "sweep", "chaos", "--depth=7")]
    public async Task ACommandIsGivenItsArguments(string said, params string[] words)
    {
        await RunAsync(words);

        Assert.Equal([said, "bye"], _lines);
    }

    [Theory]
    [InlineData("argument 'ech'", "ech")]
    [InlineData("argument 'ech'", "ech", "sweep", "chaos")]
    [InlineData("Unrecognized command or argument 'nothin'", "echo", "nothin")]
    [InlineData("'help echo sweep' shows", "echo", "sweep")]
    [InlineData("'help echo' shows", "echo")]
    [InlineData("There is no command 'bogus'. 'help' shows", "help", "bogus")]
    [InlineData("There is no command 'bogus'. 'help' shows", "bogus", "--help")]
    [InlineData("There is no command 'bogus'. 'help echo' shows", "help", "echo", "bogus")]
    [InlineData("depth is a whole number from 1, not 'deep'", "echo", "sweep", "chaos", "-d", "deep")]
    [InlineData("depth is a whole number from 1, not '0'", "echo", "sweep", "chaos", "-d", "0")]
    public async Task AWrongLineIsToldWhatIsWrong(string message, params string[] words)
    {
        var refused = await Assert.ThrowsAsync<PaletteException>(() => RunAsync(words));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(PaletteException.UsageCode, refused.ExitCode);
        Assert.Empty(_lines);
    }

    [Theory]
    [InlineData("Says things.", "help")]
    [InlineData("Says things.")]
    [InlineData("Says nothing.", "help", "echo")]
    [InlineData("[default: 4]", "echo", "sweep", "--help")]
    public async Task HelpExplains(string explained, params string[] words)
    {
        await RunAsync(words);

        Assert.Contains(explained, string.Join('\n', _lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e", "echo")]
    [InlineData("echo ", "nothing,sweep")]
    [InlineData("echo sweep ", "balance,chaos")]
    [InlineData("echo sweep ch", "chaos")]
    [InlineData("echo sweep chaos -w ", "w1")]
    public async Task ALineIsCompleted(string line, string expected)
    {
        var found = await Shell.CompleteAsync(line, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Split(','), found.Where(word => !word.StartsWith('-') && !word.StartsWith('/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NoFileIsReadForALine()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "echo nothing", TestContext.Current.CancellationToken);
        try
        {
            await Assert.ThrowsAsync<PaletteException>(() => RunAsync([$"@{file}"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AnyWordsAreCarriedOutOrRefused() =>
        Gen.OneOf(
                Gen.OneOf("echo", "sweep", "nothing", "help", "--help", "-d", "-w", "--json", "chaos", "1", "--", "@x", "[a]", "\0"),
                Gen.String[0, 6])
            .Array[0, 8]
            .Sample(
                words =>
                {
                    try
                    {
                        RunAsync(words).GetAwaiter().GetResult();
                    }
                    catch (PaletteException refused)
                    {
                        Assert.NotEqual("", refused.Message);
                    }
                },
                iter: 1000,
                threads: 1);

    [Fact]
    public async Task ALineThatCannotBeReadIsCompletedByNothing()
    {
        // The command line library fails on it.
        const string Line = "-?]\"[?p/Yp1n7:+4ad!T\"<[AJ\"T1HZgbHR1XeY/7`1|(D.U{RR+f&OV:6b~{cZ'*s|]sAe{%z:Z(}<^c)@Hk}5!i9t\"$";

        Assert.Empty(await Shell.CompleteAsync(Line, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AnyLineIsCompletedByNothingWorseThanNothing() =>
        Gen.String[0, 40].Sample(
            line => Assert.NotNull(Shell.CompleteAsync(line, CancellationToken.None).GetAwaiter().GetResult()), iter: 300, threads: 1);

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public async Task HelpFitsTheTerminal(int width)
    {
        await RunAsync(["help", "echo"], TableLayout.Unlimited);
        var wide = string.Join(' ', _lines);
        _lines.Clear();
        await RunAsync(["help", "echo"], width);

        Assert.InRange(_lines.Max(line => line.Length), 10, width);
        Assert.Equal(wide.Split(' ', StringSplitOptions.RemoveEmptyEntries), string.Join(' ', _lines).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private Task RunAsync(string[] words, int width = TableLayout.Unlimited) => Shell.RunAsync(
        words,
        (line, _) =>
        {
            _lines.Add(line);
            return Task.CompletedTask;
        },
        width,
        TestContext.Current.CancellationToken);
}
