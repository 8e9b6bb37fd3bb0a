namespace SparseProp.Sweeps.Tests;

/// <summary>What is refused in axes and their values, and where.</summary>
public sealed class AxisErrorTests
{
    [Theory]
    [InlineData("j0: []", "13: j0: the axis is empty; give it at least one value")]
    [InlineData("j0:", "13: j0: expected a number but found nothing")]
    [InlineData("j0: [1, [2]]", "17: j0: expected a number but found a list")]
    [InlineData("j0: '1'", "13: j0: expected a number but found the quoted text \"1\"; write it without quotes")]
    [InlineData("j0: [1, NaN]", "17: j0: NaN is not a number that can be simulated; write a finite one")]
    [InlineData("j0: [1, -.inf]", "17: j0: -.inf is infinite; write a finite number")]
    [InlineData("j0: 1e999", "13: j0: 1e999 is too large for a double-precision number")]
    [InlineData("j0: 1_000", "13: j0: `1_000` is not a number; write 1000, without separators")]
    [InlineData("j0: 0x10", "13: j0: `0x10` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData("j0: [1, 2, 1.0]", "20: j0: the value 1 stands twice, first at 5:14; the points would be the same")]
    [InlineData("g: [4, -1]", "16: g: g = -1 is no ratio of inhibition to excitation; it must be within 0 and 1e6")]
    [InlineData(
        "excitatory_fraction: [0, -0.1]",
        "34: excitatory_fraction: excitatory_fraction = -0.1 is no share of the neurons; it must be within 0 and 1")]
    [InlineData("excitatory_fraction: 80%", "30: excitatory_fraction: `80%` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData("rate: [1, -1]", "19: rate: rate = -1 is no target rate in Hz; it must be a finite number, 0 for a network without drive or above")]
    [InlineData("seed_ic: 1.5", "18: seed_ic: 1.5 is not an integer; write one, such as 2")]
    [InlineData("seed_ic: 1e16", "18: seed_ic: 1e16 is too large to be exact with an exponent; write out its digits")]
    [InlineData(
        "seed_ic: 9223372036854775808",
        "18: seed_ic: 9223372036854775808 does not fit into 64 bits; write a number between -9223372036854775808 and 9223372036854775807")]
    [InlineData("seed_ic: 3..1", "18: seed_ic: the axis is empty: 3..1 runs upwards; write 1..3")]
    [InlineData("seed_ic: 1 .. 3", "18: seed_ic: `1 .. 3` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData("seed_ic: 0..1000000000000", "18: seed_ic: 0..1000000000000 has more than 10^12 values; shorten the range")]
    [InlineData(
        "seed_ic: -9223372036854775808..9223372036854775807",
        "18: seed_ic: -9223372036854775808..9223372036854775807 has more than 10^12 values; shorten the range")]
    [InlineData(
        "j0: 9007199254740992..9007199254740993",
        "13: j0: integers this large are not exact as double-precision numbers; use smaller ones")]
    [InlineData("eta: [0, 0.5]", "9: eta: no model of this sweep reads eta; remove it. It is read by qif-inhomogeneous")]
    [InlineData("delta_v: 0.1", "9: delta_v: no model of this sweep reads delta_v; remove it. It is read by eif, eif-chebyshev")]
    [InlineData(
        "chebyshev_order: 20", "9: chebyshev_order: no model of this sweep reads chebyshev_order; remove it. It is read by eif-chebyshev")]
    public void AWrongValueIsRefusedAtItsPlace(string axis, string error)
    {
        Assert.Equal("s.yaml:5:" + error, Sweeps.ErrorsOf($"{Sweeps.OnePoint}grid: {{ {axis} }}"));
    }

    [Theory]
    [InlineData("j0: { from: 1, to: 2 }", "13: j0: the range lacks steps; write { from: 1, to: 10, steps: 4 }")]
    [InlineData("j0: { }", "13: j0: the range lacks from and to and steps; write { from: 1, to: 10, steps: 4 }")]
    [InlineData(
        "j0: { from: 1, to: 2, stepps: 3 }",
        "31: j0: unknown key `stepps` in a range (did you mean `steps`?); ranges have from, to, steps and scale")]
    [InlineData("j0: { from: 1, to: 2, steps: 1 }", "38: j0: one step cannot reach from one end to the other; steps must be at least 2")]
    [InlineData("j0: { from: 1, to: 2, steps: 0 }", "38: j0: steps = 0 must be between 1 and 10^12")]
    [InlineData("j0: { from: 1, to: 2, steps: 2.5 }", "38: j0: steps: 2.5 is not an integer; write one, such as 2")]
    [InlineData("j0: { from: 1, to: 2, steps: [2] }", "38: j0: steps must be an integer, not a list")]
    [InlineData("j0: { from: 2, to: 2, steps: 3 }", "38: j0: 3 steps from a number to itself are the same value; write steps: 1 or another end")]
    [InlineData("j0: { from: 1, to: 2, steps: 3, scale: geom }", "48: j0: unknown scale geom; write linear or log")]
    [InlineData(
        "j0: { from: 0, to: 2, steps: 3, scale: log }",
        "21: j0: scale: log needs numbers above 0; use scale: linear or another begin")]
    [InlineData(
        "j0: { from: 1, to: -2, steps: 3, scale: log }",
        "28: j0: scale: log needs numbers above 0; use scale: linear or another end")]
    [InlineData("j0: { from: one, to: 2, steps: 3 }", "21: j0: `one` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData(
        "seed_ic: { from: 1, to: 10, steps: 11 }",
        "44: seed_ic: 11 steps are too fine: neighbouring values would be equal; use fewer steps or a wider range")]
    [InlineData(
        "seed_ic: { from: 1, to: 10, steps: 9, scale: log }",
        "44: seed_ic: 9 steps are too fine: neighbouring values would be equal; use fewer steps or a wider range")]
    [InlineData(
        "j0: { from: 1, to: 1.0000001, steps: 100000 }",
        "46: j0: 100000 steps are too fine: neighbouring values would be equal; use fewer steps or a wider range")]
    [InlineData(
        "g: { from: -1, to: 2, steps: 4 }", "20: g: g = -1 is no ratio of inhibition to excitation; it must be within 0 and 1e6")]
    [InlineData(
        "g: { from: 2, to: -2, steps: 5 }", "27: g: g = -2 is no ratio of inhibition to excitation; it must be within 0 and 1e6")]
    [InlineData(
        "g: { from: 2, to: -2, steps: 50000 }", "27: g: g = -2 is no ratio of inhibition to excitation; it must be within 0 and 1e6")]
    [InlineData("model: { from: 1, to: 2, steps: 2 }", "9: model: the parameter is given twice, first at 2:1; keep one")]
    public void AWrongRangeIsRefusedAtThePartThatIsWrong(string axis, string error)
    {
        Assert.Equal("s.yaml:5:" + error, Sweeps.ErrorsOf($"{Sweeps.OnePoint}grid: {{ {axis} }}"));
    }

    [Theory]
    [InlineData("j0: [1, 2]")]
    [InlineData("j0: 1..3")]
    [InlineData("j0: { from: 1, to: 2, steps: 2 }")]
    public void SeveralFixedValuesAreRefused(string given)
    {
        var text = $"{Sweeps.WithoutNetwork}fixed: {{ {given}, n: 100, k: 10 }}";

        Assert.Equal("s.yaml:4:14: j0: `fixed` takes one value; write several under `grid`", Sweeps.ErrorsOf(text));
    }

    [Theory]
    [InlineData("n: 3e9, k: 10", "13: n: 3e9 is outside the 32-bit range; write at most 2147483647")]
    [InlineData("n: 100, k: 4294967297", "21: k: 4294967297 is outside the 32-bit range; write at most 2147483647")]
    public void CountsBeyondThirtyTwoBitsAreRefused(string given, string error)
    {
        Assert.Equal($"s.yaml:4:{error}", Sweeps.ErrorsOf($"{Sweeps.WithoutNetwork}fixed: {{ {given} }}"));
    }

    [Theory]
    [InlineData("[20, 1]", "31: chebyshev_order: chebyshev_order = 1 is no number of points")]
    [InlineData("[-2]", "27: chebyshev_order: chebyshev_order = -2 is no number of points")]
    [InlineData("0..20", "26: chebyshev_order: chebyshev_order = 1 is no number of points")]
    [InlineData("{ from: 20, to: 0, steps: 21 }", "26: chebyshev_order: chebyshev_order = 1 is no number of points")]
    [InlineData("20.5", "26: chebyshev_order: 20.5 is not an integer; write one, such as 20")]
    public void ASeriesThatCannotBeBuiltIsRefused(string orders, string error)
    {
        var text = Sweeps.OnePoint.Replace("model: lif", "model: eif-chebyshev", StringComparison.Ordinal);

        Assert.StartsWith(
            $"s.yaml:5:{error}", Sweeps.ErrorsOf($"{text}grid: {{ chebyshev_order: {orders} }}"), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownModelIsAnsweredWithTheKnownOnes()
    {
        Assert.Equal(
            "s.yaml:2:8: model: unknown model `liff` (did you mean `lif`?); "
            + "models are lif, qif, qif-time, qif-inhomogeneous, eif, eif-chebyshev, lif-lookup",
            Sweeps.ErrorsOf(Sweeps.OnePoint.Replace("model: lif", "model: liff", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1..3", "24: model: expected the name of a model but found a range; list the names: [lif, qif]")]
    [InlineData("{ from: 1 }", "24: model: expected the name of a model but found a mapping; list the names: [lif, qif]")]
    [InlineData("[lif, lif]", "30: model: the value lif stands twice, first at 2:25; the points would be the same")]
    public void ModelsAreListedByName(string models, string error)
    {
        var text = $"name: t\ngrid: {{ tau: 1, model: {models} }}\nstop: {{ spikes: 1 }}\nfixed: {{ n: 100, k: 10 }}";

        Assert.Equal("s.yaml:2:" + error, Sweeps.ErrorsOf(text));
    }

    [Fact]
    public void AnAxisThatSomeModelsDoNotReadIsRefused()
    {
        var text = $"{Sweeps.OnePoint.Replace("model: lif\n", "", StringComparison.Ordinal)}grid: {{ model: [lif, qif-inhomogeneous], eta: [0, 0.5] }}";

        Assert.Contains(
            "s.yaml:4:42: eta: lif does not read eta, so its points would be the same; fix eta or sweep the models apart",
            Sweeps.ErrorsOf(text),
            StringComparison.Ordinal);
        Assert.Contains(
            "eta: lif and qif do not read eta",
            Sweeps.ErrorsOf(text.Replace("[lif,", "[lif, qif,", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AFixedValueThatOneModelReadsIsNotRefused()
    {
        var text = $"name: t\nstop: {{ spikes: 1 }}\nfixed: {{ n: 9, k: 1, eta: -2 }}\ngrid: {{ model: [lif, qif-inhomogeneous] }}";

        var errors = Sweeps.ErrorsOf(text);

        Assert.DoesNotContain("reads eta", errors, StringComparison.Ordinal);
        Assert.Contains("s.yaml:3:27: eta: eta = -2 makes the drive of some neurons negative", errors, StringComparison.Ordinal);
    }
}
