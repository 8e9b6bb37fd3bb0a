using SparseProp.Engine;
using SparseProp.Sweeps.Yaml;
using Superpower;
using Superpower.Display;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace SparseProp.Sweeps.Expressions;

/// <summary>
/// Reads expressions: numbers, numbers with a unit, names, <c>+ - * / ^</c>, parentheses and functions. <c>^</c> binds closest and to the
/// right, then the sign, then products, then sums.
/// </summary>
internal static class ExpressionGrammar
{
    /// <summary>Characters of one expression.</summary>
    public const int MostLength = 2000;

    private const int MostDepth = 64;

    private static readonly Tokenizer<Part> Parts = new TokenizerBuilder<Part>()
        .Ignore(Span.WhiteSpace)
        .Match(Span.Regex(@"(?:\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"), Part.Number)
        .Match(Span.Regex("[A-Za-z_\u00B5\u03BC][A-Za-z0-9_]*"), Part.Word)
        .Match(Span.Regex("\"[^\"]*\""), Part.Quoted)
        .Match(Span.Regex("[+-]"), Part.Sign)
        .Match(Span.Regex("[*/]"), Part.Times)
        .Match(Character.EqualTo('^'), Part.Power)
        .Match(Character.EqualTo('('), Part.Open)
        .Match(Character.EqualTo(')'), Part.Close)
        .Match(Character.EqualTo(','), Part.Comma)
        .Match(Character.EqualTo('.'), Part.Dot)
        .Match(Character.EqualTo('['), Part.OpenColumn)
        .Match(Character.EqualTo(']'), Part.CloseColumn)
        .Build();

    private static readonly TokenListParser<Part, Expression> Number =
        from number in Token.EqualTo(Part.Number)
        from unit in Token.EqualTo(Part.Word).OptionalOrDefault()
        select (Expression)new NumberExpression(
            At(number), number.ToStringValue(), unit.HasValue ? unit.ToStringValue() : null, unit.HasValue ? At(unit) : At(number));

    // What follows a word, as what it makes of the word.
    private static readonly TokenListParser<Part, Func<Token<Part>, Expression>> Suffix =
        Parse.Ref(() => Sum!).ManyDelimitedBy(Token.EqualTo(Part.Comma)).Between(Token.EqualTo(Part.Open), Token.EqualTo(Part.Close))
            .Select(arguments => (Func<Token<Part>, Expression>)(word => CallOf(word, arguments)))
            .Or(from dot in Token.EqualTo(Part.Dot)
                from key in Token.EqualTo(Part.Word)
                select (Func<Token<Part>, Expression>)(word => new NameExpression(At(word), $"{word.ToStringValue()}.{key.ToStringValue()}")))
            .Or(Token.EqualTo(Part.Quoted).Between(Token.EqualTo(Part.OpenColumn), Token.EqualTo(Part.CloseColumn))
                .Select(column => (Func<Token<Part>, Expression>)(word => ColumnOf(word, column))));

    private static readonly TokenListParser<Part, Expression> Named =
        from word in Token.EqualTo(Part.Word)
        from suffix in Suffix.OptionalOrDefault(WordAlone)
        select suffix(word);

    private static readonly TokenListParser<Part, Expression> Operand =
        Number.Or(Named).Or(Parse.Ref(() => Sum!).Between(Token.EqualTo(Part.Open), Token.EqualTo(Part.Close)));

    private static readonly TokenListParser<Part, Expression> Raised =
        from operand in Operand
        from exponent in (from power in Token.EqualTo(Part.Power)
                          from value in Parse.Ref(() => Signed!)
                          select (At: At(power), Value: value)).OptionalOrDefault()
        select exponent.Value is null ? operand : new Power(exponent.At, operand, exponent.Value);

    private static readonly TokenListParser<Part, Expression> Signed =
        (from sign in Token.EqualTo(Part.Sign)
         from value in Parse.Ref(() => Signed!)
         select SymbolOf(sign) == '-' ? new Negation(At(sign), value) : value)
        .Or(Raised)
        .Named("number, name or parenthesis");

    private static readonly TokenListParser<Part, Expression> Product =
        Parse.Chain(Token.EqualTo(Part.Times), Signed, (symbol, left, right) => new Operation(At(symbol), SymbolOf(symbol), left, right));

    private static readonly TokenListParser<Part, Expression> Sum =
        Parse.Chain(Token.EqualTo(Part.Sign), Product, (symbol, left, right) => new Operation(At(symbol), SymbolOf(symbol), left, right));

    private enum Part
    {
        Number,
        [Token(Description = "name")]
        Word,
        [Token(Description = "quoted name")]
        Quoted,
        [Token(Example = "+ or -")]
        Sign,
        [Token(Example = "* or /")]
        Times,
        [Token(Example = "^")]
        Power,
        [Token(Example = "(")]
        Open,
        [Token(Example = ")")]
        Close,
        [Token(Example = ",")]
        Comma,
        [Token(Example = ".")]
        Dot,
        [Token(Example = "[")]
        OpenColumn,
        [Token(Example = "]")]
        CloseColumn,
    }

    /// <summary>The expression; null where the text is none, with the place and the reason.</summary>
    public static Expression? Read(string text, out int at, out string message)
    {
        (at, message) = (0, "");
        if (text.Length > MostLength)
        {
            message = $"the expression is longer than {MostLength} characters; name its parts as parameters";
            return null;
        }

        if (text.IndexOf("**", StringComparison.Ordinal) is >= 0 and var stars)
        {
            (at, message) = (stars, "a power is written ^, such as tau^2");
            return null;
        }

        var parts = Parts.TryTokenize(text);
        if (!parts.HasValue)
        {
            (at, message) = (parts.ErrorPosition.Absolute, $"`{Excerpt.Of(text)}` is no expression: {Rest(parts.ToString())}");
            return null;
        }

        if (DepthOf(parts.Value) > MostDepth)
        {
            message = $"the expression nests deeper than {MostDepth} parentheses, signs and powers";
            return null;
        }

        try
        {
            var read = Sum.AtEnd().TryParse(parts.Value);
            if (read.HasValue)
            {
                return read.Value;
            }

            // At the end there is no token to point to.
            at = read.ErrorPosition.HasValue ? read.ErrorPosition.Absolute : text.Length;
            message = $"`{Excerpt.Of(text)}` is no expression: {read.FormatErrorMessageFragment()}";
        }
        catch (WrongWordException wrong)
        {
            (at, message) = (wrong.At, wrong.Message);
        }

        return null;
    }

    // "Syntax error (line 1, column 3): unexpected `$`." without the place, which the file's own line and column are better for.
    private static string Rest(string said)
    {
        var colon = said.IndexOf("): ", StringComparison.Ordinal);
        return (colon < 0 ? said : said[(colon + 3)..]).TrimEnd('.');
    }

    // Reading goes as deep into the stack as the expression nests; sums and products are read in a loop.
    private static int DepthOf(TokenList<Part> parts)
    {
        var (open, most, chain, isAfterOperand) = (0, 0, 0, false);
        foreach (var part in parts)
        {
            open += part.Kind switch { Part.Open => 1, Part.Close => -1, _ => 0 };
            chain = part.Kind switch
            {
                Part.Power => chain + 1,
                Part.Sign when !isAfterOperand => chain + 1,
                Part.Sign or Part.Times or Part.Comma => 0,
                _ => chain,
            };
            most = Math.Max(most, open + chain);
            isAfterOperand = part.Kind is Part.Number or Part.Word or Part.Close or Part.CloseColumn;
        }

        return most;
    }

    private static Expression WordAlone(Token<Part> word) => word.ToStringValue() == "pi"
        ? new NumberExpression(At(word), "3.141592653589793", null, At(word))
        : new NameExpression(At(word), word.ToStringValue());

    private static Call CallOf(Token<Part> word, Expression[] arguments)
    {
        var name = word.ToStringValue();
        var function = Function.Find(name) ?? throw new WrongWordException(
            At(word), $"unknown function `{name}`{NearestName.Hint(name, Function.All.Select(known => known.Name))}; functions are {string.Join(", ", Function.All.Select(known => known.Name))}");
        return (function.Fold is null ? arguments.Length == 1 : arguments.Length >= 2)
            ? new Call(At(word), function, arguments)
            : throw new WrongWordException(At(word), $"{name} takes {(function.Fold is null ? "one argument" : "two arguments or more")}, not {arguments.Length}");
    }

    private static ColumnExpression ColumnOf(Token<Part> word, Token<Part> column) => word.ToStringValue() == "file"
        ? new ColumnExpression(At(word), column.ToStringValue()[1..^1])
        : throw new WrongWordException(At(word), $"only a file has columns; write file[{column.ToStringValue()}]");

    private static int At(Token<Part> token) => token.Position.Absolute;

    private static char SymbolOf(Token<Part> token) => token.Span.Source![token.Position.Absolute];

    /// <summary>Leaves the parser where a word is wrong that the grammar lets pass; it never leaves this class.</summary>
    private sealed class WrongWordException(int at, string message) : Exception(message)
    {
        public int At => at;
    }
}
