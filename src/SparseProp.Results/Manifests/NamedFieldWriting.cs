using MessagePack;

namespace SparseProp.Results.Manifests;

/// <summary>Writes the pairs of a map that has names for keys.</summary>
internal static class NamedFieldWriting
{
    public static void WriteField(ref this MessagePackWriter writer, string name, string value)
    {
        writer.Write(name);
        writer.Write(value);
    }

    public static void WriteField(ref this MessagePackWriter writer, string name, long value)
    {
        writer.Write(name);
        writer.Write(value);
    }

    public static void WriteField(ref this MessagePackWriter writer, string name, bool value)
    {
        writer.Write(name);
        writer.Write(value);
    }

    /// <summary>Writes pairs of a later release as they were read.</summary>
    public static void WriteRaw(ref this MessagePackWriter writer, IReadOnlyList<KeyValuePair<string, byte[]>> fields)
    {
        foreach (var (name, value) in fields)
        {
            writer.Write(name);
            writer.WriteRaw(value);
        }
    }

    public static void WriteField(ref this MessagePackWriter writer, string name, IReadOnlyCollection<string> values)
    {
        writer.Write(name);
        writer.WriteArrayHeader(values.Count);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }
}
