namespace SparseProp.Engine.Snapshots;

/// <summary>A snapshot's first values: what it is, of which version, and of which simulation.</summary>
internal static class SnapshotParameters
{
    private const string Magic = "sparseprop-snapshot";
    private const int FormatVersion = 2;

    public static void Write(SnapshotWriter writer, SimulationParameters p)
    {
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(EngineVersion.Semantic);
        writer.Write(EngineNames.Of(p.Model));
        writer.Write(EngineNames.Of(p.Topology));
        writer.Write(EngineNames.Of(p.Loop));
        writer.Write(p.N);
        writer.Write(p.K);
        writer.Write(p.J0);
        writer.Write(p.ExcitatoryFraction);
        writer.Write(p.G);
        writer.Write(p.Rate);
        writer.Write(p.Tau);
        writer.Write(p.Eta);
        writer.Write(p.DeltaV);
        writer.Write(p.ChebyshevOrder);
        writer.Write(p.SeedIc);
        writer.Write(p.SeedNet);
        writer.Write((long)p.Stop.Unit);
        writer.Write(p.Stop.Amount);
        writer.Write((long)p.BurnIn.Unit);
        writer.Write(p.BurnIn.Amount);
        writer.Write((long)p.Record);
        writer.Write(p.LyapunovExponents);
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
        if (!(EngineNames.TryParse(reader.ReadString(), out NeuronModel model)
            & EngineNames.TryParse(reader.ReadString(), out Topology topology)
            & EngineNames.TryParse(reader.ReadString(), out EventLoop loop)))
        {
            throw new InvalidDataException("The snapshot is of a model, topology or loop that this build does not know.");
        }

        return new SimulationParameters
        {
            Model = model,
            Topology = topology,
            Loop = loop,
            N = ReadCount(reader),
            K = ReadCount(reader),
            J0 = reader.ReadDouble(),
            ExcitatoryFraction = reader.ReadDouble(),
            G = reader.ReadDouble(),
            Rate = reader.ReadDouble(),
            Tau = reader.ReadDouble(),
            Eta = reader.ReadDouble(),
            DeltaV = reader.ReadDouble(),
            ChebyshevOrder = ReadCount(reader),
            SeedIc = reader.ReadInt64(),
            SeedNet = reader.ReadInt64(),
            Stop = ReadLength(reader),
            BurnIn = ReadLength(reader),
            Record = (StatisticKinds)ReadCount(reader),
            LyapunovExponents = ReadCount(reader),
        };
    }

    private static void RequireVersion(string what, long found, long expected)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"The snapshot is of {what} version {found}, and this build continues {expected} only.");
        }
    }

    private static int ReadCount(SnapshotReader reader) =>
        reader.ReadInt64() is >= int.MinValue and <= int.MaxValue and var value
            ? (int)value
            : throw new InvalidDataException("The snapshot holds a number beyond the range of its parameter.");

    private static RunLength ReadLength(SnapshotReader reader) => new((RunUnit)ReadCount(reader), reader.ReadDouble());
}
