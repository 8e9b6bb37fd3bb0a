using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Tests.Texts;

public sealed class VisibleTextTests
{
    private const string Telling = "\u061c\ufeff\ufff9\ufffe\uffff\u0085\n\r\taé漢\"\\";

    // Much of what does harm, and some of everything else.
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char['\0', '\u00a0'],
        Gen.Char['\u2000', '\u206f'],
        Gen.Char['\ud7f0', '\ue010'],
        Gen.Int[0, Telling.Length - 1].Select(i => Telling[i]),
        Gen.Char).Array[0, 40].Select(units => new string(units));

    [Theory]
    [InlineData("evil\u001b[31m\u001b]0;t\u0007", @"evil\u001b[31m\u001b]0;t\u0007")]
    [InlineData("a\u009b31m\u007f", @"a\u009b31m\u007f")]
    [InlineData("a\u202eb\u2066c\u200bd", @"a\u202eb\u2066c\u200bd")]
    [InlineData("one\r\ntwo\tthree", @"one\r\ntwo\tthree")]
    [InlineData("tag \U000e0041", @"tag \udb40\udc41")]
    [InlineData("Zürich, 東京, 10³ ± 2 µs, 😀", "Zürich, 東京, 10³ ± 2 µs, 😀")]
    public void WhatIsNotSeenIsEscapedAndTheRestStays(string text, string seen) => Assert.Equal(seen, VisibleText.Line(text));

    [Fact]
    public void HalvesOfPairsAreEscaped()
    {
        Assert.Equal(@"\ud83d x \udd80", VisibleText.Line("\ud83d x \udd80"));
        Assert.Equal("\U0001f980", VisibleText.Line("\ud83e\udd80"));
    }

    [Fact]
    public void LinesKeepTheirEnds()
    {
        Assert.Equal("one\r\ntwo\tthree\n", VisibleText.Lines("one\r\ntwo\tthree\n"));
        Assert.Equal(@"over\rwritten\u000b", VisibleText.Lines("over\rwritten\v"));
    }

    [Fact]
    public void WhateverComesNothingHiddenIsLeft() => AnyText.Sample(text =>
    {
        var line = VisibleText.Line(text);
        Assert.DoesNotContain(line.EnumerateRunes(), rune => IsHidden(rune) || Rune.IsControl(rune));
        Assert.Equal(line, VisibleText.Line(line));
        Assert.DoesNotContain(VisibleText.Lines(text).Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes(), IsHiddenInLines);
    });

    [Fact]
    public void JsonStaysWhatItWas() => AnyText.Where(IsWellFormed).Sample(text =>
    {
        // As JSON is written that is for people: only what must be is escaped.
        var json = $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        Assert.Equal(text, JsonSerializer.Deserialize<string>(VisibleText.Line(json)));
    });

    [Fact]
    public void AWriterEscapesHoweverItIsWrittenTo() => AnyText.Where(IsWellFormed).Sample(text =>
    {
        var expected = VisibleText.Lines(text);
        Assert.Equal(expected, Written(writer => writer.Write(text)));
        Assert.Equal(expected, Written(writer => writer.Write(text.AsSpan())));
        Assert.Equal(expected, Written(writer => writer.Write(text.ToCharArray())));
        Assert.Equal(expected, Written(writer => writer.WriteAsync(text).GetAwaiter().GetResult()));
        Assert.Equal($"{expected}\n", Written(writer => writer.WriteLine(text)));
        Assert.Equal($"{expected}\n", Written(writer => writer.WriteLineAsync(text).GetAwaiter().GetResult()));
        Assert.Equal($"{expected} 1\n", Written(writer => writer.WriteLine("{0} {1}", text, 1)));
    });

    private static string Written(Action<TextWriter> write)
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using var writer = new VisibleWriter(inner) { NewLine = "\n" };
        write(writer);
        return inner.ToString();
    }

    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    private static bool IsHiddenInLines(Rune rune) => IsHidden(rune) || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t'));
}
