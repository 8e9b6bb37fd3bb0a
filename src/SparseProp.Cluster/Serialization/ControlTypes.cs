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

    public ControlTypes()
    {
        var types = new HashSet<Type>();
        foreach (var message in typeof(WorkProtocol).GetNestedTypes().Where(IsMessage))
        {
            Collect(message, types);
        }

        _names = [.. types.Select(type => Normalise(type.AssemblyQualifiedName!))];
    }

    /// <summary>The allowed names, in order.</summary>
    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    public static bool IsMessage(Type type) => type.IsClass && typeof(WorkProtocol.IMessage).IsAssignableFrom(type);

    public bool IsAllowed(string typeName) => _names.Contains(Normalise(typeName));

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

        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Collect(field.FieldType, types);
        }
    }

    // Hyperion writes short names and checks long ones, with a token in place of the core library.
    private static string Normalise(string typeName) =>
        VersionParts().Replace(typeName.Replace(",%core%", ", System.Private.CoreLib", StringComparison.Ordinal), "");

    [GeneratedRegex(@", (Version|Culture|PublicKeyToken)=[^,\]]*")]
    private static partial Regex VersionParts();
}
