using SparseProp.Engine.Parameters;

namespace SparseProp.Engine.Snapshots;

/// <summary>A snapshot's first values: what it is, of which version, and of which simulation.</summary>
internal static class SnapshotParameters
{
    private const string Magic = "sparseprop-snapshot";
    private const int FormatVersion = 3;

    public static void Write(SnapshotWriter writer, SimulationParameters p)
    {
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(EngineVersion.Semantic);
        writer.Write(ParameterText.Of(p));
    }

    /// <exception cref="InvalidDataException">This is no snapshot, or one that this build does not continue to the same spikes.</exception>
    public static SimulationParameters Read(SnapshotReader reader)
    {
        if (reader.ReadString() is var magic && magic != Magic)
        {
            throw new InvalidDataException($"This is no snapshot: it begins with '{magic}'.");
        }

        RequireVersion("format", reader.ReadInt64(), FormatVersion);
        RequireVersion("engine", reader.ReadInt64(), EngineVersion.Semantic);
        try
        {
            return ParameterText.Parse(reader.ReadString());
        }
        catch (FormatException unknown)
        {
            throw new InvalidDataException($"The snapshot cannot be continued: {unknown.Message}", unknown);
        }
    }

    private static void RequireVersion(string what, long found, long expected)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"The snapshot is of {what} version {found}, and this build continues {expected} only.");
        }
    }
}
