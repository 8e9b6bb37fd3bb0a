using System.Diagnostics;
using System.Text;
using CsCheck;

namespace SparseProp.Sweeps.Tests;

/// <summary>Files from anywhere: every answer is a spec or a <see cref="SweepFileException"/>, soon and in little memory.</summary>
public sealed class HostileFileTests
{
    private const string Meaningful = "[]{}:,-.#&*!|>'\"%@`\n\t 019eE~?abc";

    // Not a measurement: work that grows with the square of a megabyte takes hours, and a busy machine may be ten times slower.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("", "1:1: the file is empty; write at least name, model, n, k and stop")]
    [InlineData("# only a comment\n", "1:1: the file is empty; write at least name, model, n, k and stop")]
    [InlineData("hello", "1:1: a sweep file is a mapping of keys such as name, grid and stop, not hello")]
    [InlineData("- 1\n- 2", "1:1: a sweep file is a mapping of keys such as name, grid and stop, not a list")]
    [InlineData("name: &a t", "1:7: anchors (&name) are not allowed; write the value out where it is needed")]
    [InlineData("name: *a", "1:7: aliases (*name) are not allowed; write the value out")]
    [InlineData("name: !!str t", "1:7: tags (!name) are not allowed; write the plain value")]
    [InlineData("? [a]\n: 1", "1:3: a key must be a name, not a list")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]", "1:9: nested deeper than 8 levels; a sweep file needs four")]
    [InlineData("%YAML 1.2\n---\nname: t", "1:1: YAML directives are not allowed; remove the lines that begin with %")]
    public void WhatIsNoPlainYamlMappingIsRefusedAtItsPlace(string text, string error)
    {
        Assert.Contains("s.yaml:" + error, Sweeps.ErrorsOf(text).Split('\n'));
    }

    [Fact]
    public void ASecondDocumentIsRefused()
    {
        Assert.Equal(
            "s.yaml:5:1: a second document begins here; one file describes one sweep",
            Sweeps.ErrorsOf(Sweeps.OnePoint + "---\nname: u\n"));
    }

    [Fact]
    public void AFileThatIsTooLongIsNotParsed()
    {
        Assert.Equal(
            "s.yaml:1:1: the file is longer than 1048576 bytes; write ranges instead of long lists",
            Sweeps.ErrorsOf(Sweeps.OnePoint + new string('#', 1 << 20)));
    }

    [Fact]
    public void OnlyTheFirstHundredErrorsAreShown()
    {
        var errors = Sweeps.ErrorsOf($"{Sweeps.OnePoint}grid: {{ j0: [{string.Join(',', Enumerable.Repeat("x", 1000))}] }}").Split('\n');

        Assert.Equal(101, errors.Length);
        Assert.EndsWith(": only the first 100 errors are shown", errors[^1], StringComparison.Ordinal);
    }

    public static TheoryData<string> LargeFiles => new(
        new string('[', 1_000_000),
        new string('{', 1_000_000),
        string.Concat(Enumerable.Repeat("[\n", 500_000)),
        string.Concat(Enumerable.Repeat("? ", 500_000)),
        string.Concat(Enumerable.Repeat("- ", 500_000)),
        string.Concat(Enumerable.Repeat("a: ", 300_000)),
        "n: " + new string('9', 1_000_000),
        "n: 0." + new string('0', 500_000) + "1e" + new string('9', 500_000),
        Sweeps.OnePoint + "priority: " + new string('9', 1_000_000),
        Sweeps.OnePoint + "verify: -0." + new string('1', 1_000_000),
        "n: \"" + new string('\\', 1_000_000) + "\"",
        new string('a', 1_000_000) + ": 1",
        new string('\n', 1_000_000) + "a",
        new string('\t', 1_000_000),
        new string('*', 1_000_000),
        Sweeps.OnePoint + "grid: { j0: [" + string.Join(',', Enumerable.Repeat("1", 500_000)) + "] }",
        Sweeps.OnePoint + "zip: { j0: [" + string.Join(',', Enumerable.Repeat("1", 250_000)) + "], tau: ["
            + string.Join(',', Enumerable.Repeat("1", 250_000)) + "] }",
        string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"k{i}: 1")),
        Sweeps.OnePoint + "grid: { j0: { from: 1, to: 1000, steps: 1000000000000, scale: log } }",
        Sweeps.OnePoint + "grid: { seed_ic: { from: 1, to: 1e15, steps: 1000000000000, scale: log } }");

    [Theory]
    [MemberData(nameof(LargeFiles), DisableDiscoveryEnumeration = true)]
    public void LargeFilesAreRefusedSoon(string text)
    {
        var clock = Stopwatch.StartNew();

        Sweeps.ErrorsOf(text);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
    }

    [Fact]
    public void AListOfEveryValueThatFitsAFileIsReadSoon()
    {
        var clock = Stopwatch.StartNew();

        var plan = Sweeps.Plan($"{Sweeps.OnePoint}grid: {{ seed_ic: [{string.Join(',', Enumerable.Range(0, 150_000))}] }}");

        Assert.Equal(150_000, plan.Count);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
    }

    [Fact]
    public void MutatedFilesAreAnsweredOrRefused()
    {
        var value = Gen.OneOf(Gen.Byte, Gen.Char[Meaningful].Select(c => (byte)c));
        var mutation = Gen.Select(Gen.Int[0, Sweeps.Example.Length - 1], Gen.Int[0, 2], value);
        mutation.Array[1, 8].Sample(mutations =>
        {
            var bytes = Encoding.UTF8.GetBytes(Sweeps.Example).ToList();
            foreach (var (at, kind, written) in mutations)
            {
                Mutate(bytes, Math.Min(at, bytes.Count - 1), kind, written);
            }

            AnswersOrRefuses(Encoding.UTF8.GetString([.. bytes]));
        }, iter: 20_000);
    }

    [Fact]
    public void RandomTextIsAnsweredOrRefused()
    {
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char[Meaningful]), 0, 60].Sample(AnswersOrRefuses, iter: 20_000);
    }

    private static void Mutate(List<byte> bytes, int at, int kind, byte value)
    {
        switch (kind)
        {
            case 0:
                bytes[at] = value;
                break;
            case 1:
                bytes.Insert(at, value);
                break;
            default:
                bytes.RemoveRange(at, Math.Min(value % 16, bytes.Count - at - 1));
                break;
        }
    }

    private static void AnswersOrRefuses(string text)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var plan = Sweeps.Plan(text);
            Assert.True(plan.TryIndexOf(plan[plan.Count - 1], out var index));
            Assert.Equal(plan.Count - 1, index);
        }
        catch (SweepFileException e)
        {
            Assert.All(e.Errors, error => Assert.True(error is { Line: >= 1, Column: >= 1 } && !error.ToString().Contains('\n', StringComparison.Ordinal)));
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
    }
}
