using System.Text.RegularExpressions;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>A label that an expression compares with, or groups by where there is no value.</summary>
internal sealed record NamedLabel(string Metric, string Name, string Operator, string Value);

/// <summary>
/// The metrics and labels that an expression names. Knows as much of the language as the monitoring files use, and refuses the rest.
/// </summary>
internal sealed partial class PromQl
{
    private static readonly string[] Functions = ["histogram_quantile", "increase", "rate", "time", "vector"];
    private static readonly string[] Aggregations = ["max", "sum"];
    private static readonly string[] Operators = ["and", "or"];

    private readonly List<string> _tokens;
    private readonly List<string> _metrics = [];
    private readonly List<NamedLabel> _labels = [];
    private readonly List<string> _groups = [];
    private int _next;

    private PromQl(string expression)
    {
        _tokens = [.. Token().Matches(expression).Select(token => token.Value)];
        var rest = Token().Replace(expression, "");
        Assert.True(string.IsNullOrWhiteSpace(rest), $"not understood: '{rest}' in {expression}");
        Expression();
        Assert.True(_next == _tokens.Count, $"not understood from '{Peek}' in {expression}");
    }

    public IReadOnlyList<string> Metrics => _metrics;

    public IReadOnlyList<NamedLabel> Labels =>
        [.. _labels, .. _groups.SelectMany(group => _metrics.Select(metric => new NamedLabel(metric, group, "", "")))];

    private string Peek => _next < _tokens.Count ? _tokens[_next] : "";

    public static PromQl Parse(string expression) => new(expression);

    private void Expression()
    {
        Operand();
        while (Peek is "==" or "!=" or ">" or "<" or ">=" or "<=" or "*" or "/" or "+" or "-" || Operators.Contains(Peek))
        {
            _next++;
            Operand();
        }
    }

    private void Operand()
    {
        var token = Take();
        if (token == "(")
        {
            Expression();
            Expect(")");
        }
        else if (char.IsDigit(token[0]))
        {
            return;
        }
        else if (Aggregations.Contains(token))
        {
            Grouping();
            Arguments();
            Grouping();
        }
        else if (Peek == "(")
        {
            Assert.Contains(token, Functions);
            Arguments();
        }
        else
        {
            Selector(token);
        }
    }

    private void Arguments()
    {
        Expect("(");
        if (Peek == ")")
        {
            _next++;
            return;
        }

        Expression();
        while (Peek == ",")
        {
            _next++;
            Expression();
        }

        Expect(")");
    }

    private void Grouping()
    {
        if (Peek != "by")
        {
            return;
        }

        _next++;
        Expect("(");
        do
        {
            _groups.Add(Take());
        }
        while (Take() == ",");
        Assert.Equal(")", _tokens[_next - 1]);
    }

    private void Selector(string metric)
    {
        Assert.Matches("^[a-z_:][a-z0-9_:]*$", metric);
        _metrics.Add(metric);
        if (Peek == "{")
        {
            do
            {
                _next++;
                _labels.Add(new NamedLabel(metric, Take(), Take(), Take().Trim('"')));
            }
            while (Peek == ",");
            Expect("}");
        }

        if (Peek == "[")
        {
            _next++;
            Assert.Matches("^[0-9]+[smhd]$", Take());
            Expect("]");
        }
    }

    private string Take()
    {
        Assert.True(_next < _tokens.Count, "the expression breaks off");
        return _tokens[_next++];
    }

    private void Expect(string token) => Assert.Equal(token, Take());

    [GeneratedRegex("""[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9]+[smhd]|[0-9]+(\.[0-9]+)?|"[^"]*"|=~|!~|==|!=|>=|<=|[-+*/<>=(){}\[\],]""")]
    private static partial Regex Token();
}
