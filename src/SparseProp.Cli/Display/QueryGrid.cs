using System.Data.Common;
using System.Numerics;
using System.Reflection;

namespace SparseProp.Cli.Display;

/// <summary>What a query answers with, as a table.</summary>
internal static class QueryGrid
{
    private static readonly Type[] Numbers =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(BigInteger),
    ];

    private static readonly MethodInfo GetFieldValue = typeof(DbDataReader).GetMethod(nameof(DbDataReader.GetFieldValue))!;

    public static Grid Of(DbDataReader result) => new(
        [.. Enumerable.Range(0, result.FieldCount).Select(i => new GridColumn(result.GetName(i), Numbers.Contains(result.GetFieldType(i))))],
        RowsOf(result));

    private static IEnumerable<IReadOnlyList<object?>> RowsOf(DbDataReader result)
    {
        Func<DbDataReader, int, object?>[] values = [.. Enumerable.Range(0, result.FieldCount).Select(i => ReaderOf(result.GetFieldType(i)))];
        while (result.Read())
        {
            yield return [.. values.Select((value, i) => result.IsDBNull(i) ? null : value(result, i))];
        }
    }

    // A list of numbers is read as one of numbers that may be missing: else the reader refuses those that are.
    private static Func<DbDataReader, int, object?> ReaderOf(Type type)
    {
        if (!IsList(type))
        {
            return (result, i) => result.GetValue(i);
        }

        var method = GetFieldValue.MakeGenericMethod(WithNulls(type));
        return (result, i) => method.Invoke(result, [i]);
    }

    private static Type WithNulls(Type type)
    {
        if (IsList(type))
        {
            return typeof(List<>).MakeGenericType(WithNulls(type.GetGenericArguments()[0]));
        }

        return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);
}
