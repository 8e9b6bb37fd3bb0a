using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads the name that a projection or input may have.</summary>
internal static class EntryName
{
    /// <summary>The name; null where there is none or after noting what is wrong with it.</summary>
    public static string? Read(Dictionary<string, MapEntry> entries, string prefix, HashSet<string> taken, ErrorList errors)
    {
        if (!entries.TryGetValue("name", out var entry))
        {
            return null;
        }

        var fault = entry.Value is not ScalarNode { IsNull: false } scalar ? $"expected a name but found {entry.Value.Description}"
            : Identifier.Fault(scalar.Text) is { } wrong ? wrong
            : taken.Add(scalar.Text) ? null
            : $"the name {scalar.Text} is given twice; choose another";
        if (fault is null)
        {
            return ((ScalarNode)entry.Value).Text;
        }

        errors.Add(entry.Value.At, prefix + "name", fault);
        return null;
    }
}
