using SparseProp.Results.Records;

namespace SparseProp.Results.Filters;

/// <summary>
/// A condition on the columns of a record, such as <c>n &gt;= 1e5 and model = lif</c>: comparisons (= != &lt; &lt;= &gt; &gt;=), <c>in (…)</c>,
/// <c>is [not] null</c>, a column of truths alone; <c>not</c>, <c>and</c>, <c>or</c>, parentheses. A column stands to the left, its value to
/// the right, in quotes where it is no plain word or number. Columns are named as in exports; short names stand for statistics where
/// no column has the name. As in SQL, what is unknown of a point neither holds nor does its contrary.
/// </summary>
public sealed class RecordFilter
{
    private readonly RecordTest _test;

    private RecordFilter(RecordTest test) => _test = test;

    /// <summary>Reads a condition on these columns.</summary>
    /// <exception cref="ArgumentException">The text is no condition; the message says where or which word is wrong.</exception>
    public static RecordFilter Parse(string text, RecordColumns columns) => new(FilterGrammar.Read(text)(columns));

    /// <summary>Whether the condition is known to hold.</summary>
    public bool Matches(PointRecord record) => _test(record) == true;
}

/// <summary>Whether something holds of a record; null where that is unknown.</summary>
internal delegate bool? RecordTest(PointRecord record);

/// <summary>A test whose columns are still to be found.</summary>
internal delegate RecordTest ColumnTest(RecordColumns columns);
