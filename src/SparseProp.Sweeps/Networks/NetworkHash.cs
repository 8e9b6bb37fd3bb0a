using System.IO.Hashing;
using System.Text;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Identifies what a file says, whatever its layout.</summary>
internal static class NetworkHash
{
    /// <summary>XXH3-128 of the values and of the files that they name, in hexadecimal.</summary>
    public static string Of(Node node, TrackedFiles files)
    {
        var hash = new XxHash128();
        Append(hash, node);
        foreach (var file in files.Read)
        {
            Append(hash, $"\n{file.Name}={file.Sha256}");
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Append(XxHash128 hash, Node node)
    {
        switch (node)
        {
            case ScalarNode scalar:
                Append(hash, $"s{scalar.Text.Length}:{scalar.Text}");
                break;
            case ListNode list:
                Append(hash, $"l{list.Items.Count}:");
                foreach (var item in list.Items)
                {
                    Append(hash, item);
                }

                break;
            case MapNode map:
                Append(hash, $"m{map.Entries.Count}:");
                foreach (var entry in map.Entries)
                {
                    Append(hash, $"k{entry.Key.Length}:{entry.Key}");
                    Append(hash, entry.Value);
                }

                break;
            default:
                break;
        }
    }

    private static void Append(XxHash128 hash, string text) => hash.Append(Encoding.UTF8.GetBytes(text));
}
