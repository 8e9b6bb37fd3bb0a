namespace SparseProp.Results.Export;

/// <summary>Takes SQL apart into statements, as DuckDB reads it: at semicolons outside of texts, names and comments.</summary>
internal static class SqlStatements
{
    /// <summary>The statements, without those that say nothing.</summary>
    public static IReadOnlyList<string> In(string sql)
    {
        List<string> statements = [];
        var start = 0;
        var isEmpty = true;
        for (var i = 0; i < sql.Length;)
        {
            if (sql[i] == ';')
            {
                Add(i);
                start = ++i;
                isEmpty = true;
                continue;
            }

            var end = EndOfComment(sql, i);
            isEmpty &= end > i || char.IsWhiteSpace(sql[i]);
            i = end > i ? end : EndOfQuotation(sql, i);
        }

        Add(sql.Length);
        return statements;

        void Add(int end)
        {
            if (!isEmpty)
            {
                statements.Add(sql[start..end].Trim());
            }
        }
    }

    /// <summary>Where a comment that begins here ends; here where none begins.</summary>
    private static int EndOfComment(string sql, int at)
    {
        if (string.CompareOrdinal(sql, at, "--", 0, 2) == 0)
        {
            return After(sql, "\n", at);
        }

        if (string.CompareOrdinal(sql, at, "/*", 0, 2) != 0)
        {
            return at;
        }

        var depth = 0;
        for (var i = at; i + 1 < sql.Length; i++)
        {
            if ((sql[i], sql[i + 1]) is ('/', '*') or ('*', '/'))
            {
                depth += sql[i] == '/' ? 1 : -1;
                i++;
                if (depth == 0)
                {
                    return i + 1;
                }
            }
        }

        return sql.Length;
    }

    /// <summary>Where a text or a quoted name that begins here ends; one character on where none begins.</summary>
    private static int EndOfQuotation(string sql, int at)
    {
        switch (sql[at])
        {
            // A doubled mark ends one quotation and begins the next.
            case '\'' when at > 0 && sql[at - 1] is 'e' or 'E' && (at < 2 || !IsOfName(sql[at - 2])):
                for (var i = at + 1; i < sql.Length; i += sql[i] == '\\' ? 2 : 1)
                {
                    if (sql[i] == '\'')
                    {
                        return i + 1;
                    }
                }

                return sql.Length;
            case '\'' or '"':
                return After(sql, sql[at].ToString(), at + 1);
            case '$' when at == 0 || !IsOfName(sql[at - 1]):
                var end = at + 1;
                while (end < sql.Length && IsOfName(sql[end]))
                {
                    end++;
                }

                return end < sql.Length && sql[end] == '$' && (end == at + 1 || !char.IsAsciiDigit(sql[at + 1]))
                    ? After(sql, sql[at..(end + 1)], end + 1)
                    : at + 1;
            default:
                return at + 1;
        }
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static int After(string sql, string mark, int from) =>
        from <= sql.Length && sql.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var found ? found + mark.Length : sql.Length;
}
