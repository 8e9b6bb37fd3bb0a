using CsCheck;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>What is said of command lines that cannot be right.</summary>
public sealed class UsageErrorsTests
{
    [Theory]
    [InlineData("rum", "there is no command 'sparseprop rum' (did you mean `run`?)")]
    [InlineData("results tabel x", "there is no command 'sparseprop results tabel' (did you mean `table`?)")]
    [InlineData("node cordinator", "coordinator")]
    [InlineData("run x.yaml --wokers 3", "there is no option --wokers of sparseprop run (did you mean `--workers`?)")]
    [InlineData("run x.yaml --wokers=3", "there is no option --wokers of sparseprop run (did you mean `--workers`?)")]
    [InlineData("run a.yaml b.yaml", "'b.yaml' is one word too many; sparseprop run takes SWEEP.yaml")]
    [InlineData("results table store --valus rate", "there is no option --valus of sparseprop results table (did you mean `--values`?)")]
    [InlineData("results table store --format cvs", "--format takes terminal, markdown, csv, json, not 'cvs' (did you mean `csv`?)")]
    [InlineData("simulate --model lifff", "(did you mean `lif`?)")]
    [InlineData("simulate --engine windw", "(did you mean `window`?)")]
    [InlineData("simulate --topology publised", "(did you mean `published`?)")]
    [InlineData("simulate --record rate,irregularty", "not 'irregularty' (did you mean `irregularity`?)")]
    [InlineData("logs --level warn", "--level takes trace, debug, information, warning, error, critical, not 'warn' (did you mean `warning`?)")]
    [InlineData("completion bsh", "(did you mean `bash`?)")]
    [InlineData("results plot store --x n --log xx", "--log takes none, x, y, xy, not 'xx'")]
    [InlineData("simulate --n ten", "--n takes a whole number")]
    public void WhatWasProbablyMeantIsSaid(string line, string words)
    {
        var errors = UsageErrors.In(CommandLine.CreateRoot().Parse(line));

        Assert.Contains(words, string.Join('\n', errors), StringComparison.Ordinal);
        Assert.DoesNotContain(errors, error => error.Contains('\t', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bench --training --model MODEL", "--model takes lif")]
    [InlineData("submit x.yaml --priority high", "--priority takes")]
    [InlineData("certificates keys --days some", "--days")]
    public void ARuleAboutAnOptionThatCannotBeReadIsNoFault(string line, string words) =>
        Assert.Contains(words, string.Join('\n', UsageErrors.In(CommandLine.CreateRoot().Parse(line))), StringComparison.Ordinal);

    [Fact]
    public void AnyWordsAreUnderstoodOrRefused()
    {
        var root = CommandLine.CreateRoot();
        var words = CommandLine.Callable(root).SelectMany(command => command.Options).SelectMany(option => (string[])[option.Name, .. option.Aliases]).Distinct().ToArray();
        var given = Gen.OneOf(Gen.OneOf(words), Gen.OneOf("x", "-1", "1e400", "?", "", "1/0", "2/3", "64x8", "lif", "9110", "nan"));
        Gen.Select(Gen.OneOf(CommandLine.Callable(root).ToArray()), given.Array[0, 5]).Sample((command, rest) =>
            Assert.NotNull(UsageErrors.In(root.Parse([.. CommandLine.NameOf(command).Split(' ').Skip(1), .. rest]))));
    }

    [Theory]
    [InlineData("SWEEP.yaml is empty", "run", "")]
    [InlineData("STORE is empty", "results", "table", "")]
    [InlineData("SWEEP is empty", "cancel", "")]
    [InlineData("STORE is empty", "results", "merge", "a", "", "--out", "b")]
    [InlineData("--out is empty", "results", "export", "store", "--out", "")]
    [InlineData("--out is empty", "results", "fetch", "sweep", "--out", "")]
    [InlineData("--out is empty", "results", "plot", "store", "--x", "n", "--out", "a.png", "--out", "")]
    [InlineData("--reference is empty", "results", "plot", "store", "--x", "n", "--reference", "")]
    [InlineData("--junit is empty", "run", "sweep.yaml", "--junit", "")]
    [InlineData("--network is empty", "simulate", "--network", "", "--seconds", "1")]
    [InlineData("--token-file is empty", "list", "--token-file", "")]
    [InlineData("--token is empty", "certificates", "keys", "--token", "")]
    [InlineData("--out takes a folder", "results", "merge", "a", "b", "--out", "-")]
    [InlineData("--out takes a folder", "results", "fetch", "sweep", "--out", "-")]
    [InlineData("--out takes a folder", "run", "sweep.yaml", "--out", "-")]
    [InlineData("--out takes a folder", "train", "task.yaml", "--out", "-")]
    [InlineData("--sample takes a number of points from 0, not -1", "results", "verify", "store", "--sample", "-1")]
    [InlineData("--rounds is at least 1", "bench", "--rounds", "0")]
    [InlineData("--seconds above 0", "bench", "--seconds", "-1")]
    public void WhatMeansNothingIsRefused(string words, params string[] line) =>
        Assert.Contains(words, string.Join('\n', UsageErrors.In(CommandLine.CreateRoot().Parse(line))), StringComparison.Ordinal);

    [Fact]
    public async Task AWordThatBeginsWithAnAtIsANameLikeAnyOther()
    {
        var run = await Sparseprop.RunAsync("run", "@/etc/hostname");

        Assert.Equal((2, "sparseprop: there is no sweep file @/etc/hostname\n"), (run.ExitCode, run.Errors));
    }

    [Fact]
    public void NoOptionThatTakesTextTakesNone()
    {
        var root = CommandLine.CreateRoot();
        var options = from command in CommandLine.Callable(root)
                      from option in command.Options
                      where (option.ValueType == typeof(string) || option.ValueType == typeof(string[])) && option.Name != "--by"
                      select $"{CommandLine.NameOf(command)["sparseprop ".Length..]} {option.Name}";

        Assert.All(
            options,
            line => Assert.Contains(root.Parse([.. line.Split(' '), ""]).Errors, error => error.Message.Contains(line.Split(' ')[^1], StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("run sweep.yaml --out x")]
    [InlineData("results sql store select")]
    public void WhatIsRightIsNot(string line) => Assert.Empty(UsageErrors.In(CommandLine.CreateRoot().Parse(line)));

    [Theory]
    [InlineData("", "simulate")]
    [InlineData("results", "compact")]
    public async Task WithoutACommandThereIsHelpAndAnErrorsExitCode(string line, string command)
    {
        var run = await Sparseprop.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Usage:", run.Errors, StringComparison.Ordinal);
        Assert.Contains(command, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not provided", run.Errors, StringComparison.Ordinal);
    }
}
