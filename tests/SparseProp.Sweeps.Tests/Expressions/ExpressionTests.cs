using System.Globalization;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Tests.Expressions;

public sealed class ExpressionTests
{
    private static readonly (string Name, double Value, Dimension Dimension)[] Names =
    [
        ("g", 5, Dimension.None), ("zero", 0, Dimension.None), ("J", 0.1, Dimension.OfVoltage), ("theta", 20, Dimension.OfVoltage),
        ("E.tau", 0.02, Dimension.OfTime),
    ];

    [Theory]
    [InlineData("1.5 ms", 0.0015, "a time")]
    [InlineData("0.1ms", 0.0001, "a time")]
    [InlineData("3e2 us", 0.0003, "a time")]
    [InlineData("10 µs", 0.00001, "a time")]
    [InlineData("10 μs", 0.00001, "a time")]
    [InlineData("2 kHz", 2000, "a rate")]
    [InlineData("0.02 V", 20, "a voltage")]
    [InlineData("-70 mV", -70, "a voltage")]
    [InlineData("1e5", 1e5, "a number")]
    [InlineData("2*pi", 6.283185307179586, "a number")]
    [InlineData("-2^2", -4, "a number")]
    [InlineData("2^-1", 0.5, "a number")]
    [InlineData("2^3^2", 512, "a number")]
    [InlineData("4^0.5", 2, "a number")]
    [InlineData("10 - 2 - 3", 5, "a number")]
    [InlineData("8/4/2", 1, "a number")]
    [InlineData("2 + 3*4", 14, "a number")]
    [InlineData("(2 + 3)*4", 20, "a number")]
    [InlineData("--3", 3, "a number")]
    [InlineData("-g*J", -0.5, "a voltage")]
    [InlineData("2*theta/(J*E.tau)", 20000, "a rate")]
    [InlineData("1/E.tau", 50, "a rate")]
    [InlineData("8 Hz * 1000 ms", 8, "a number")]
    [InlineData("sqrt(E.tau^2)", 0.02, "a time")]
    [InlineData("J^2/J", 0.1, "a voltage")]
    [InlineData("max(1, g, 3)", 5, "a number")]
    [InlineData("max(0, J)", 0.1, "a voltage")]
    [InlineData("min(20 mV, 0.01 V)", 10, "a voltage")]
    [InlineData("abs(-3 mV)", 3, "a voltage")]
    [InlineData("round(2.5)", 3, "a number")]
    [InlineData("floor(-0.5) + ceil(0.2)", 0, "a number")]
    [InlineData("exp(0) + log(1)", 1, "a number")]
    [InlineData("J*E.tau", 0.002, "a quantity in mV·s")]
    [InlineData("J/E.tau", 5, "a quantity in mV·s^-1")]
    public void AnExpressionHasAValueAndADimension(string text, double value, string dimension)
    {
        var (found, what, errors) = Evaluate(text);

        Assert.Equal("", errors);
        Assert.Equal(value, found, 1e-15 * Math.Abs(value));
        Assert.Equal(dimension, what);
    }

    [Fact]
    public void ANumberWithAUnitIsTheNearestDouble()
    {
        Assert.Equal(0.0001, Evaluate("0.1 ms").Value);
        Assert.Equal(0.0023, Evaluate("2.3 ms").Value);
        Assert.Equal(1.1e-7, Evaluate("0.11 us").Value);
        Assert.Equal(1.1e-300, Evaluate("1.1e-297 ms").Value);
        Assert.Equal(0, Evaluate("1e-99999999999 ms").Value);
    }

    [Theory]
    [InlineData("20 ms + 1 mV", "1:10: x: a time and a voltage cannot be added")]
    [InlineData("g - J", "1:6: x: a number and a voltage cannot be subtracted")]
    [InlineData("max(1 ms, 2)", "1:4: x: a time and a number cannot be compared")]
    [InlineData("exp(J)", "1:8: x: exp takes a number, not a voltage; divide by a unit first, such as 1 mV")]
    [InlineData("round(1.2 ms)", "1:10: x: round takes a number, not a time; divide by a unit first, such as 1 s")]
    [InlineData("2^J", "1:6: x: an exponent must be a number, not a voltage")]
    [InlineData("J^g", "1:6: x: the exponent of a voltage must be written as a number")]
    [InlineData("20 pF", "1:7: x: unknown unit `pF`; units are s, ms, us, Hz, kHz, V, mV, uV, and a product is written 20*pF")]
    [InlineData("2 J", "1:6: x: unknown unit `J`; units are s, ms, us, Hz, kHz, V, mV, uV, and a product is written 2*J")]
    [InlineData("file[\"w\"]", "1:4: x: no file is given here; a column can stand in a projection or population that has a `file`")]
    public void MixedDimensionsAreRefusedAtTheirPlace(string text, string error) => Assert.Equal("s.yaml:" + error, Evaluate(text).Errors);

    [Theory]
    [InlineData("1 +", "1:7: x: `1 +` is no expression: unexpected end of input, expected number, name or parenthesis")]
    [InlineData("1 $ 2", "1:6: x: `1 $ 2` is no expression: unexpected `$`")]
    [InlineData("(1 + 2", "1:10: x: `(1 + 2` is no expression: unexpected end of input, expected `)`")]
    [InlineData("2**3", "1:5: x: a power is written ^, such as tau^2")]
    [InlineData("sqr(2)", "1:4: x: unknown function `sqr` (did you mean `sqrt`?); functions are sqrt, exp, log, min, max, abs, round, floor, ceil")]
    [InlineData("max(2)", "1:4: x: max takes two arguments or more, not 1")]
    [InlineData("sqrt(1, 2)", "1:4: x: sqrt takes one argument, not 2")]
    [InlineData("fly[\"w\"]", "1:4: x: only a file has columns; write file[\"w\"]")]
    public void WhatIsNoExpressionIsRefusedAtItsPlace(string text, string error) => Assert.Equal("s.yaml:" + error, Evaluate(text).Errors);

    [Theory]
    [InlineData("1/zero", "division by zero", 1)]
    [InlineData("zero^-1", "division by zero", 4)]
    [InlineData("2 + sqrt(-g)", "the result is not a number", 4)]
    [InlineData("log(zero)", "the result is not a number", 0)]
    [InlineData("(-2)^0.3", "the result is not a number", 4)]
    [InlineData("exp(1000)", "the result overflows double precision", 0)]
    [InlineData("1e300*1e300", "the result overflows double precision", 5)]
    [InlineData("1e999", "1e999 is too large for a double-precision number", 0)]
    public void WhatHasNoValueSaysWhy(string text, string reason, int at)
    {
        var evaluation = new Evaluation([.. Names.Select(name => name.Value)]);

        Assert.True(double.IsNaN(Read(text, new ErrorList("s.yaml"))!.ValueIn(evaluation)));
        Assert.Equal(reason, evaluation.Failure!.Value.Reason);
        Assert.Equal(at, evaluation.Failure.Value.Part.At);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("2^", "")]
    [InlineData("sqrt(", ")")]
    public void DepthIsBounded(string before, string after)
    {
        Assert.Equal("", Evaluate(Nested(60)).Errors);
        Assert.Equal("s.yaml:1:4: x: the expression nests deeper than 64 parentheses, signs and powers", Evaluate(Nested(65)).Errors);

        string Nested(int depth) => string.Concat(Enumerable.Repeat(before, depth)) + "1" + string.Concat(Enumerable.Repeat(after, depth));
    }

    [Fact]
    public void LengthIsBounded()
    {
        Assert.Equal(1000, Evaluate(string.Join('+', Enumerable.Repeat("1", 1000))).Value);
        Assert.Equal(
            "s.yaml:1:4: x: the expression is longer than 2000 characters; name its parts as parameters",
            Evaluate(string.Join('+', Enumerable.Repeat("1", 1001))).Errors);
    }

    [Fact]
    public void PlacesAreThoseInTheFile()
    {
        Assert.Equal("s.yaml:1:10: x: a time and a voltage cannot be added", ErrorsIn("x: '1 ms + 1 mV'"));
        Assert.Equal("s.yaml:2:11: x: a time and a voltage cannot be added", ErrorsIn("# µ\nx:   1 ms + 1 mV"));
        Assert.Equal("s.yaml:1:4: x: a time and a voltage cannot be added", ErrorsIn("x: 1 ms\n  + 1 mV"));
    }

    [Theory]
    [InlineData("{ x: max(1, 2) }", "max(1, 2)")]
    [InlineData("{ x: max(min(1, 2), (3)) }", "max(min(1, 2), (3))")]
    [InlineData("{ x: E[0..99] }", "E[0..99]")]
    [InlineData("{ x: fly[ids: a.csv] }", "fly[ids: a.csv]")]
    [InlineData("x: fly[ids: a.csv]", "fly[ids: a.csv]")]
    [InlineData("{ x: 0.1 mV * file[\"a: b, c\"] }", "0.1 mV * file[\"a: b, c\"]")]
    [InlineData("x: 'E[0: 1]'", "E[0: 1]")]
    public void BracketsAfterANameBelongToTheValue(string yaml, string text)
    {
        var root = (MapNode)NodeReader.Read(yaml, new ErrorList("s.yaml"))!;

        Assert.Equal(text, ((ScalarNode)Assert.Single(root.Entries).Value).Text);
    }

    private static string ErrorsIn(string yaml)
    {
        var errors = new ErrorList("s.yaml");
        var root = (MapNode)NodeReader.Read(yaml, errors)!;
        var formula = Formula.Read((ScalarNode)root.Entries[0].Value, "x", errors)!;
        formula.Root.DimensionIn(new DimensionCheck(formula, "x", errors, _ => null));
        return TextOf(errors);
    }

    private static (double Value, string Dimension, string Errors) Evaluate(string text)
    {
        var errors = new ErrorList("s.yaml");
        var formula = Formula.Read(new ScalarNode(new(1, 4), text, IsPlain: true) { IsVerbatim = true }, "x", errors);
        var root = formula is null ? null : Read(text, errors);
        var dimension = root?.DimensionIn(new DimensionCheck(formula!, "x", errors, _ => null));
        var value = root?.ValueIn(new Evaluation([.. Names.Select(name => name.Value)])) ?? double.NaN;
        return (value, dimension?.ToString() ?? "", TextOf(errors));
    }

    private static Expression? Read(string text, ErrorList errors) =>
        Formula.Read(new ScalarNode(new(1, 4), text, IsPlain: true) { IsVerbatim = true }, "x", errors)?.Root.Replace(name =>
        {
            var place = Array.FindIndex(Names, known => known.Name == name.Name);
            return place < 0 ? name : new PlaceExpression(name.At, name.Name, place, Names[place].Dimension);
        });

    private static string TextOf(ErrorList errors) =>
        errors.Any ? string.Create(CultureInfo.InvariantCulture, $"{errors.ToException().Message}") : "";
}
