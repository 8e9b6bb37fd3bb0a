using System.Reflection;
using System.Text.RegularExpressions;
using Hyperion;
using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// The types that may travel as control messages: the messages of <see cref="WorkProtocol"/> and what their properties hold, found
/// by reflection and nothing else. Both reading and writing are checked, against whole names.
/// </summary>
internal sealed partial class ControlTypes : ITypeFilter
{
    private readonly HashSet<string> _names;

    // What of a type's values can be missing.
    private readonly Dictionary<Type, FieldInfo[]> _parts;

    public ControlTypes()
    {
        var types = new HashSet<Type>();
        foreach (var message in typeof(WorkProtocol).GetNestedTypes().Where(IsMessage))
        {
            Collect(message, types);
        }

        _parts = types
            .Where(type => !type.IsArray)
            .ToDictionary(type => type, type => FieldsOf(type).Where(field => !field.FieldType.IsValueType).ToArray());
        _names = [.. types.Select(type => Normalise(type.AssemblyQualifiedName!))];
    }

    /// <summary>The allowed names, in order.</summary>
    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    public static bool IsMessage(Type type) => type.IsClass && typeof(WorkProtocol.IMessage).IsAssignableFrom(type);

    public bool IsAllowed(string typeName) => _names.Contains(Normalise(typeName));

    /// <summary>Whether nothing is null in a message: Hyperion fills in null for what the bytes leave out.</summary>
    public bool IsComplete(object? value) => value switch
    {
        null => false,
        string => true,
        Array array => array.GetType().GetElementType()!.IsPrimitive || array.Cast<object?>().All(IsComplete),
        _ => _parts[value.GetType()].All(part => IsComplete(part.GetValue(value))),
    };

    private static void Collect(Type type, HashSet<Type> types)
    {
        if (type.IsPrimitive || type == typeof(string) || !types.Add(type))
        {
            return;
        }

        if (type.IsArray)
        {
            Collect(type.GetElementType()!, types);
            return;
        }

        foreach (var field in FieldsOf(type))
        {
            Collect(field.FieldType, types);
        }
    }

    private static FieldInfo[] FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    // Hyperion writes short names and checks long ones, with a token in place of the core library.
    private static string Normalise(string typeName) =>
        VersionParts().Replace(typeName.Replace(",%core%", ", System.Private.CoreLib", StringComparison.Ordinal), "");

    [GeneratedRegex(@", (Version|Culture|PublicKeyToken)=[^,\]]*")]
    private static partial Regex VersionParts();
}
