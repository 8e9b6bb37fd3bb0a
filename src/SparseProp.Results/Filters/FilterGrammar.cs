using Superpower;
using Superpower.Display;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace SparseProp.Results.Filters;

/// <summary>Reads the text of a <see cref="RecordFilter"/>. <c>not</c> binds closest, then <c>and</c>, then <c>or</c>.</summary>
internal static class FilterGrammar
{
    private const int MostDepth = 200;

    private static readonly Tokenizer<Part> Parts = new TokenizerBuilder<Part>()
        .Ignore(Span.WhiteSpace)
        .Match(Character.EqualTo('('), Part.Open)
        .Match(Character.EqualTo(')'), Part.Close)
        .Match(Character.EqualTo(','), Part.Comma)
        .Match(Span.Regex("(?:==|!=|<>|<=|>=|=|<|>)"), Part.Comparison)
        .Match(Span.Regex("(?:'([^']|'')*'|\"([^\"]|\"\")*\")"), Part.Quoted)
        .Match(Span.Regex(@"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"), Part.Number, requireDelimiters: true)
        .Match(Span.EqualToIgnoreCase("and"), Part.And, requireDelimiters: true)
        .Match(Span.EqualToIgnoreCase("or"), Part.Or, requireDelimiters: true)
        .Match(Span.EqualToIgnoreCase("not"), Part.Not, requireDelimiters: true)
        .Match(Span.EqualToIgnoreCase("in"), Part.In, requireDelimiters: true)
        .Match(Span.EqualToIgnoreCase("is"), Part.Is, requireDelimiters: true)
        .Match(Span.EqualToIgnoreCase("null"), Part.Null, requireDelimiters: true)
        .Match(Span.Regex("[A-Za-z_][A-Za-z0-9_.-]*"), Part.Word, requireDelimiters: true)
        .Build();

    private static readonly TokenListParser<Part, string> Column = Token.EqualTo(Part.Word).Select(word => word.ToStringValue());

    private static readonly TokenListParser<Part, string> Value =
        Token.EqualTo(Part.Number).Or(Token.EqualTo(Part.Word)).Select(word => word.ToStringValue())
            .Or(Token.EqualTo(Part.Quoted).Select(Unquoted))
            .Named("value");

    private static readonly TokenListParser<Part, string[]> Values =
        Value.ManyDelimitedBy(Token.EqualTo(Part.Comma)).Between(Token.EqualTo(Part.Open), Token.EqualTo(Part.Close));

    // What follows a column, as what it says of the column.
    private static readonly TokenListParser<Part, Func<FilterColumn, RecordTest>> Claim =
        (from comparison in Token.EqualTo(Part.Comparison)
         from value in Value
         select (Func<FilterColumn, RecordTest>)(column => column.Compared(comparison.ToStringValue(), value)))
        .Or(from isIn in Token.EqualTo(Part.In)
            from values in Values
            select (Func<FilterColumn, RecordTest>)(column => column.OneOf(values)))
        .Or(from isIn in Token.Sequence(Part.Not, Part.In)
            from values in Values
            select (Func<FilterColumn, RecordTest>)(column => Negated(column.OneOf(values))))
        .Or(from isWord in Token.EqualTo(Part.Is)
            from negation in Token.EqualTo(Part.Not).OptionalOrDefault()
            from nothing in Token.EqualTo(Part.Null)
            select (Func<FilterColumn, RecordTest>)(column => negation.HasValue ? Negated(column.IsNull()) : column.IsNull()));

    private static readonly TokenListParser<Part, ColumnTest> Condition =
        from column in Column
        from claim in Claim.OptionalOrDefault(column => column.IsTrue())
        select (ColumnTest)(columns => claim(FilterColumn.Named(column, columns)));

    private static readonly TokenListParser<Part, ColumnTest> Operand =
        Parse.Ref(() => Alternatives!).Between(Token.EqualTo(Part.Open), Token.EqualTo(Part.Close))
            .Or(Token.EqualTo(Part.Not).IgnoreThen(Parse.Ref(() => Operand!)).Select<Part, ColumnTest, ColumnTest>(test => columns => Negated(test(columns))))
            .Or(Condition)
            .Named("condition");

    private static readonly TokenListParser<Part, ColumnTest> Conjunction =
        Parse.Chain(Token.EqualTo(Part.And), Operand, (_, left, right) => columns => And(left(columns), right(columns)));

    private static readonly TokenListParser<Part, ColumnTest> Alternatives =
        Parse.Chain(Token.EqualTo(Part.Or), Conjunction, (_, left, right) => columns => Or(left(columns), right(columns)));

    private enum Part
    {
        [Token(Category = "column or value", Description = "word")]
        Word,
        Number,
        [Token(Description = "quoted text")]
        Quoted,
        Comparison,
        And,
        Or,
        Not,
        In,
        Is,
        Null,
        [Token(Example = "(")]
        Open,
        [Token(Example = ")")]
        Close,
        [Token(Example = ",")]
        Comma,
    }

    /// <exception cref="ArgumentException">The text is no condition.</exception>
    public static ColumnTest Read(string text)
    {
        var parts = Parts.TryTokenize(text);
        if (!parts.HasValue)
        {
            throw Wrong(text, parts.ErrorPosition, parts.FormatErrorMessageFragment());
        }

        if (DepthOf(parts.Value) > MostDepth)
        {
            throw new ArgumentException($"the condition nests deeper than {MostDepth} parentheses and negations");
        }

        var test = Alternatives.AtEnd().TryParse(parts.Value);
        return test.HasValue ? test.Value : throw Wrong(text, test.ErrorPosition, test.FormatErrorMessageFragment());
    }

    // Reading goes as deep into the stack as the condition nests.
    private static int DepthOf(TokenList<Part> parts)
    {
        var (open, negations, most) = (0, 0, 0);
        foreach (var part in parts)
        {
            open += part.Kind switch { Part.Open => 1, Part.Close => -1, _ => 0 };
            negations += part.Kind == Part.Not ? 1 : 0;
            most = Math.Max(most, open + negations);
        }

        return most;
    }

    private static RecordTest And(RecordTest left, RecordTest right) => record => left(record) & right(record);

    private static RecordTest Or(RecordTest left, RecordTest right) => record => left(record) | right(record);

    private static RecordTest Negated(RecordTest test) => record => !test(record);

    private static string Unquoted(Token<Part> token)
    {
        var text = token.ToStringValue();
        var quote = text[..1];
        return text[1..^1].Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    private static ArgumentException Wrong(string text, Position position, string reason) => new(
        position.HasValue
            ? $"'{text}' is no condition: {reason} at character {position.Column}"
            : $"'{text}' is no condition: {reason}");
}
