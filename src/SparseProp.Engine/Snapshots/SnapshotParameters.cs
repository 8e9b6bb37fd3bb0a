using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;

namespace SparseProp.Engine.Snapshots;

/// <summary>A snapshot's first values: what it is, of which version, and of which simulation.</summary>
internal static class SnapshotParameters
{
    private const string Magic = "sparseprop-snapshot";
    private const int FormatVersion = 3;

    // In place of the parameters' line where there is a network: its hash; the line follows.
    private const string OfNetwork = "network";

    public static void Write(SnapshotWriter writer, SimulationParameters p)
    {
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(EngineVersion.Semantic);
        if (p.Network is { } network)
        {
            writer.Write(OfNetwork);
            writer.Write(HashOf(network));
        }

        writer.Write(ParameterText.Of(p));
    }

    /// <param name="reader">Where to read.</param>
    /// <param name="network">The network of populations, if it is of one.</param>
    /// <exception cref="InvalidDataException">This is no snapshot, or one that this build does not continue to the same spikes.</exception>
    public static SimulationParameters Read(SnapshotReader reader, NetworkDescription? network)
    {
        if (reader.ReadString() is var magic && magic != Magic)
        {
            throw new InvalidDataException($"This is no snapshot: it begins with '{magic}'.");
        }

        RequireVersion("format", reader.ReadInt64(), FormatVersion);
        RequireVersion("engine", reader.ReadInt64(), EngineVersion.Semantic);
        try
        {
            var line = reader.ReadString();
            if (line != OfNetwork)
            {
                return network is null
                    ? ParameterText.Parse(line)
                    : throw new InvalidDataException("The snapshot is of the published network, and not of one of populations.");
            }

            if (network is null || reader.ReadString() != HashOf(network))
            {
                throw new InvalidDataException(network is null
                    ? "The snapshot is of a network of populations; give the network, too."
                    : "The snapshot is of another network of populations.");
            }

            return ParameterText.Parse(reader.ReadString()) with { Network = network, NetworkValues = NetworkValues.Empty };
        }
        catch (FormatException unknown)
        {
            throw new InvalidDataException($"The snapshot cannot be continued: {unknown.Message}", unknown);
        }
    }

    private static string HashOf(NetworkDescription network) => CanonicalText.HashOf(network).ToString("x32", CultureInfo.InvariantCulture);

    private static void RequireVersion(string what, long found, long expected)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"The snapshot is of {what} version {found}, and this build continues {expected} only.");
        }
    }
}
