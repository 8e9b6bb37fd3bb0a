using System.Diagnostics;
using CsCheck;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Networks;
using static SparseProp.Sweeps.Tests.Networks.NetworkTexts;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>Networks from anywhere: every answer is a description or a list of errors, soon and in little memory.</summary>
public sealed class HostileNetworkTests
{
    private const string Meaningful = "[]{}:,-.+*/^()'\"#\n 019eEgJ~mVs";

    private static readonly string[] Varied = ["scale", "g", "J", "theta", "C", "populations.I.n", "populations.E.tau", "projections.1.in_degree"];

    // Not a measurement: work that grows with the square of a megabyte takes hours, and a busy machine may be ten times slower.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private static readonly Gen<(int At, int Length, string Insert)[]> Edits = Gen.Select(
        Gen.Int[0, Brunel.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char[Meaningful], 0, 12]).Array[1, 4];

    public static TheoryData<string> LargeFiles => new(
        "parameters: { a0: 1, " + string.Join(", ", Enumerable.Range(1, 50_000).Select(i => $"a{i}: a{i - 1}+1")) + " }\n" + OnePopulation,
        "parameters: { " + string.Join(", ", Enumerable.Range(0, 500).Select(i => $"a{i}: {string.Join('+', Enumerable.Repeat("1", 900))}")) + " }\n" + OnePopulation,
        "parameters: { " + string.Join(", ", Enumerable.Range(0, 500).Select(i => $"a{i}: {string.Join('+', Enumerable.Repeat("bb", 600))}")) + " }\n" + OnePopulation,
        "parameters: { a: " + new string('(', 500_000) + " }\n" + OnePopulation,
        "parameters: { a: " + new string('-', 500_000) + "1 }\n" + OnePopulation,
        "populations: { " + string.Join(", ", Enumerable.Range(1, 900).Select(i => $"a{i}: {{ like: a{i - 1} }}")) + ", a0: { model: lif, n: 1, tau: 1, threshold: 1, reset: 0 } }",
        "populations: { " + string.Join(", ", Enumerable.Range(1, 40_000).Select(i => $"a{i}: {{ like: a{i - 1} }}")) + " }",
        OnePopulation + "projections: [" + string.Join(", ", Enumerable.Repeat("{ from: E, to: E, in_degree: 1, weight: 1 mV }", 9_000)) + "]",
        OnePopulation + "projections: [{ from: [" + string.Join(", ", Enumerable.Repeat("E", 1000)) + "], to: [" + string.Join(", ", Enumerable.Repeat("E", 1000)) + "], in_degree: 1, weight: 1 mV }]",
        OnePopulation + "silence: [" + string.Join(", ", Enumerable.Repeat("E[0..9]", 100_000)) + "]",
        OnePopulation + "inputs: [" + string.Join(", ", Enumerable.Repeat("{ x: 1 }", 100_000)) + "]",
        OnePopulation.Replace("n: 10", "n: 2147483647", StringComparison.Ordinal) + "silence: [\"E[0..2147483646]\"]",
        "populations: { E: { " + string.Join(", ", Enumerable.Range(0, 60_000).Select(i => $"k{i}: 1")) + " } }",
        "a(" + string.Concat(Enumerable.Repeat("a(", 400_000)),
        "a[" + string.Concat(Enumerable.Repeat("a[", 400_000)));

    [Theory]
    [MemberData(nameof(LargeFiles), DisableDiscoveryEnumeration = true)]
    public void LargeFilesAreAnsweredSoon(string text)
    {
        var clock = Stopwatch.StartNew();

        Answer(text);

        Assert.True(clock.Elapsed < Soon, $"took {clock.Elapsed}");
    }

    [Fact]
    public void EveryChangedFileHasAnAnswer() => Edits.Sample(edits => Answer(edits.Aggregate(Brunel, (text, edit) =>
    {
        var at = Math.Min(edit.At, text.Length);
        return text.Remove(at, Math.Min(edit.Length, text.Length - at)).Insert(at, edit.Insert);
    })));

    [Fact]
    public void EveryValueHasAnAnswer()
    {
        var template = Read(Brunel);
        Gen.Select(Gen.Int[0, Varied.Length - 1].Select(place => Varied[place]), Gen.Double.Array[1, 2]).Sample(given =>
        {
            var values = given.Item2.Aggregate(NetworkValues.Empty, (some, value) => some.With(new(given.Item1, ParameterValue.Of(value))));
            var evaluation = template.Evaluate(values);
            Assert.True(evaluation.Description is null == evaluation.Errors.Count > 0);
        });
    }

    private static void Answer(string text)
    {
        try
        {
            var evaluation = NetworkTemplate.Parse(text, "n.yaml", NetworkFiles.None).Evaluate(NetworkValues.Empty);
            Assert.True(evaluation.Description is null == evaluation.Errors.Count > 0);
        }
        catch (SweepFileException invalid)
        {
            Assert.NotEmpty(invalid.Errors);
        }
    }
}
