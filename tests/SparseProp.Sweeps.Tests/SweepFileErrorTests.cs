namespace SparseProp.Sweeps.Tests;

/// <summary>What is refused in the file as a whole and in its sections, and where.</summary>
public sealed class SweepFileErrorTests
{
    private const string Parameters = "parameters are n, k, j0, excitatory_fraction, g, rate, tau, eta, delta_v, chebyshev_order, seed_ic, seed_net, model";

    private const string Keys = "a sweep file has name, model, network, task, train, grid, zip, fixed, stop, burn_in, topology, engine, record, lyapunov, expect, until, verify, priority";

    [Fact]
    public void AllErrorsAreReportedAtOnceInTheOrderOfTheFile()
    {
        Assert.Equal(
            """
            s.yaml:1:1: model: the model is missing; write model: lif
            s.yaml:1:7: name: `No Name` cannot name a folder; use up to 64 of a-z, 0-9 and -, not beginning with -
            s.yaml:2:7: stop: the length is empty; write exactly one of spikes_per_neuron, spikes or seconds
            s.yaml:3:13: n: n = 1 is no network; n must be at least 2
            s.yaml:3:19: k: k = -1 is no number of targets; k must be at least 0

            """ + $"s.yaml:4:9: seed_ned: unknown parameter (did you mean `seed_net`?); {Parameters}",
            Sweeps.ErrorsOf("name: No Name\nstop: {}\nfixed: { n: 1, k: -1 }\ngrid: { seed_ned: 1..3 }"));
    }

    [Fact]
    public void EveryMissingKeyIsNamedWithWhatToWrite()
    {
        Assert.Equal(
            """
            s.yaml:2:1: name: the name is missing; write name: my-sweep
            s.yaml:2:1: stop: the length of a run is missing; write stop: { spikes_per_neuron: 20 }
            s.yaml:2:1: model: the model is missing; write model: lif
            s.yaml:2:1: n: the number of neurons is missing; write n: 1000 under `fixed`, or an axis under `grid`
            s.yaml:2:1: k: the number of targets is missing; write k: 100 under `fixed`, or an axis under `grid`
            """,
            Sweeps.ErrorsOf("# nothing yet\nengine: heap\n"));
    }

    [Theory]
    [InlineData("gird: {}", $"5:1: gird: unknown key (did you mean `grid`?); {Keys}")]
    [InlineData("burn-in: { spikes: 1 }", $"5:1: burn-in: unknown key (did you mean `burn_in`?); {Keys}")]
    [InlineData("comment: hello", $"5:1: comment: unknown key; {Keys}")]
    [InlineData("j0: 2", "5:1: j0: a parameter cannot stand alone; write it under `fixed` (one value), `grid` or `zip`")]
    [InlineData("grid: { tauu: 1 }", $"5:9: tauu: unknown parameter (did you mean `tau`?); {Parameters}")]
    [InlineData("grid: { J0: 1 }", $"5:9: J0: unknown parameter (did you mean `j0`?); {Parameters}")]
    [InlineData("grid: { m: 1 }", $"5:9: m: unknown parameter; {Parameters}")]
    [InlineData("grid: [1, 2]", "5:7: grid: expected parameters but found a list; write one `name: value` per line, indented")]
    [InlineData("grid: { n: [10, 20] }", "5:9: n: the parameter is given twice, first at 4:10; keep one")]
    [InlineData("grid: { rate: 1 }\nzip: { rate: 2 }", "6:8: rate: the parameter is given twice, first at 5:9; keep one")]
    [InlineData("grid: { model: [lif] }", "5:9: model: the parameter is given twice, first at 2:1; keep one")]
    [InlineData("name: again", "5:1: name: the key stands twice, first at 1:1; keep one")]
    [InlineData("topology: random", "5:11: topology: random is not possible; write independent or published")]
    [InlineData("topology: independant", "5:11: topology: independant is not possible (did you mean `independent`?); write independent or published")]
    [InlineData("record: rate", "5:9: record: expected a list of statistics but found rate; write record: [rate, cv]")]
    [InlineData("record:", "5:8: record: expected a list of statistics but found nothing; write record: [rate, cv]")]
    [InlineData("record: []", "5:9: record: expected a list of statistics but found an empty list; write record: [rate, cv]")]
    [InlineData("record: [rate, cvv]", "5:16: record: cvv is no statistic (did you mean `cv`?); statistics are rate, cv, rates, irregularity, population, chi, stability")]
    [InlineData("record: [ratess]", "5:10: record: ratess is no statistic (did you mean `rates`?); statistics are rate, cv, rates, irregularity, population, chi, stability")]
    [InlineData("record: [isi]", "5:10: record: isi is no statistic (did you mean `chi`?); statistics are rate, cv, rates, irregularity, population, chi, stability")]
    [InlineData("record: [[cv]]", "5:10: record: a list is no statistic; statistics are rate, cv, rates, irregularity, population, chi, stability")]
    [InlineData("record: [cv, rate, cv]", "5:20: record: cv stands twice, first at 5:10; keep one")]
    [InlineData("recrod: [rate]", $"5:1: recrod: unknown key (did you mean `record`?); {Keys}")]
    [InlineData("verify: 1.1", "5:9: verify: 1.1 is no share of the points; write a number from 0 (none is run again) to 1 (all are), such as 0.02")]
    [InlineData("verify: -1", "5:9: verify: -1 is no share of the points; write a number from 0 (none is run again) to 1 (all are), such as 0.02")]
    [InlineData("verify: 2%", "5:9: verify: `2%` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData("verify: .nan", "5:9: verify: .nan is not a number that can be simulated; write a finite one")]
    [InlineData("verify: '0.1'", "5:9: verify: expected a number but found the quoted text \"0.1\"; write verify: 0.02")]
    [InlineData("verify:", "5:8: verify: expected a number but found nothing; write verify: 0.02")]
    [InlineData("verify: [0.1]", "5:9: verify: expected a number but found a list; write verify: 0.02")]
    [InlineData("verfy: 0.1", $"5:1: verfy: unknown key (did you mean `verify`?); {Keys}")]
    [InlineData("grid: { verify: [0, 1] }", $"5:9: verify: unknown parameter; {Parameters}")]
    [InlineData("verify: 0.1\nverify: 0.1", "6:1: verify: the key stands twice, first at 5:1; keep one")]
    [InlineData("priority: 101", "5:11: priority: 101 is no priority; write an integer from -100 (runs last) to 100 (runs first)")]
    [InlineData("priority: -1e3", "5:11: priority: -1e3 is no priority; write an integer from -100 (runs last) to 100 (runs first)")]
    [InlineData("priority: 1.5", "5:11: priority: 1.5 is not an integer; write one, such as 2")]
    [InlineData("priority: high", "5:11: priority: `high` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData("priority: { n: 1 }", "5:11: priority: expected a number but found a mapping; write priority: 5")]
    [InlineData("priority:", "5:10: priority: expected a number but found nothing; write priority: 5")]
    [InlineData("Priorty: 1", $"5:1: Priorty: unknown key (did you mean `priority`?); {Keys}")]
    [InlineData("engine: [heap]", "5:9: engine: a list is not possible; write window or heap")]
    [InlineData("burn_in: 5", "5:10: burn_in: expected a length but found 5; write burn_in: { spikes_per_neuron: 20 }")]
    [InlineData(
        "burn_in: { spikes: 5, seconds: 1 }",
        "5:10: burn_in: a length has one unit only; write exactly one of spikes_per_neuron, spikes or seconds")]
    [InlineData(
        "burn_in: { spike: 5 }",
        "5:12: burn_in: unknown unit `spike` (did you mean `spikes`?); write exactly one of spikes_per_neuron, spikes or seconds")]
    [InlineData("burn_in: { spikes: 1.5 }", "5:20: burn_in: spikes: 1.5 is not an integer; write one, such as 2")]
    [InlineData("burn_in: { seconds: }", "5:21: burn_in: seconds must be a number, not nothing")]
    [InlineData("burn_in: { seconds: '1' }", "5:21: burn_in: seconds must be a number, not the quoted text \"1\"")]
    [InlineData("burn_in: { seconds: .nan }", "5:21: burn_in: seconds: .nan is not a number that can be simulated; write a finite one")]
    [InlineData("burn_in: { seconds: -1 }", "5:21: burn_in: a length of -1 is not a finite number between 0 and 1e18")]
    public void AWrongSectionIsRefusedAtItsPlace(string line, string error)
    {
        Assert.Equal("s.yaml:" + error, Sweeps.ErrorsOf(Sweeps.OnePoint + line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("Größe")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void ANameThatCannotBeAFolderIsRefused(string name)
    {
        var error = Sweeps.ErrorsOf(Sweeps.OnePoint.Replace("name: t", $"name: \"{name}\"", StringComparison.Ordinal));

        Assert.Equal(
            $"s.yaml:1:7: name: `{(name.Length > 40 ? name[..40] + "…" : name)}` cannot name a folder; "
            + "use up to 64 of a-z, 0-9 and -, not beginning with -",
            error);
    }

    [Fact]
    public void ANameOfSixtyFourLettersIsAccepted()
    {
        var name = new string('a', 64);

        Assert.Equal(name, Sweeps.Parse(Sweeps.OnePoint.Replace("name: t", $"name: {name}", StringComparison.Ordinal)).Name);
    }

    [Fact]
    public void AStopOfNothingIsRefused()
    {
        Assert.Equal(
            "s.yaml:3:17: stop: nothing would be measured; give a positive number of spikes or seconds",
            Sweeps.ErrorsOf(Sweeps.OnePoint.Replace("spikes: 10", "spikes: 0", StringComparison.Ordinal)));
    }
}
