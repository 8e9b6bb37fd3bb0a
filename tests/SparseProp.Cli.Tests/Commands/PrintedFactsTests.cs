using SparseProp.Cli.Output;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>How facts and notes look.</summary>
public sealed class PrintedFactsTests
{
    [Fact]
    public async Task EveryFactHasALineAndABlankBehindItsName()
    {
        var run = await Sparseprop.RunAsync("simulate", "--n", "20", "--k", "2", "--seconds", "2", "--record", "rate,cv,rates,irregularity,population");

        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Output.TrimEnd().Split('\n'), line => Assert.Matches(@"^[a-z0-9_]+  ", line));
        Assert.DoesNotContain("\\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASilentNetworkIsNotCalledBiased()
    {
        var run = await Sparseprop.RunAsync("simulate", "--n", "20", "--k", "2", "--rate", "0", "--seconds", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("biased", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFewBytesAreBytes() =>
        Assert.Contains("1 B may be used", (await Sparseprop.RunAsync("simulate", "--n", "20", "--k", "2", "--seconds", "2", "--memory-budget", "1")).Errors, StringComparison.Ordinal);

    [Theory]
    [InlineData("sparseprop: a note that does not fit", "sparseprop: a note\nthat does not fit")]
    [InlineData("go on with: sparseprop run sweep.yaml", "go on with: sparseprop run sweep.yaml")]
    public void NotesBreakBetweenWordsAndCommandsDoNot(string note, string shown)
    {
        using var terminal = new StringWriter();
        using var errors = StandardWriter.ForErrors(terminal, () => 20);

        errors.WriteLine(note);

        Assert.Equal(shown, terminal.ToString().ReplaceLineEndings("\n").TrimEnd());
    }
}
