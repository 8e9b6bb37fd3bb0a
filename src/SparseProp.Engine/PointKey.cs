using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace SparseProp.Engine;

/// <summary>
/// Identifies a simulation by all that determines its result: every parameter that its model reads, and
/// <see cref="EngineVersion.Semantic"/>. Equal keys mean equal spikes, so a point may run twice but is recorded once.
/// </summary>
public readonly record struct PointKey(UInt128 Value)
{
    private const int FieldCount = 15;
    private const int MostFields = FieldCount + 5;
    private static readonly int TrainingFields = 3 + TrainingParameter.All.Count;

    /// <summary>
    /// XXH3-128 of the canonical form: fifteen little-endian 64-bit fields in the order written here. Parameters that the model
    /// does not read count as zero. Four more fields follow where one of them, or of what comes after them, is not what it usually is: the Chebyshev order (0),
    /// the number of excitatory neurons (0), g (1, also where nothing inhibits) and the statistics (rate and CV);
    /// after these, the number of Lyapunov exponents where it is not 0. Where the network is trained, all of these are there, and then
    /// what <see cref="TrainingParameters"/> say. Not cryptographic: it separates 10^7 points with odds of 10^-24, not an adversary's.
    /// </summary>
    public static PointKey Of(SimulationParameters p)
    {
        Span<byte> canonical = stackalloc byte[(MostFields + TrainingFields) * sizeof(long)];
        var fields = new FieldWriter(canonical);
        fields.Add(EngineVersion.Semantic);
        fields.Add((long)p.Model);
        fields.Add(p.N);
        fields.Add(p.K);
        fields.Add(p.J0);
        fields.Add(p.Rate);
        fields.Add(p.Tau);
        fields.Add(SimulationParameters.UsesEta(p.Model) ? p.Eta : 0);
        fields.Add(SimulationParameters.UsesDeltaV(p.Model) ? p.DeltaV : 0);
        fields.Add(p.SeedIc);
        fields.Add(p.SeedNet);
        fields.Add(((long)p.Topology << 32) | (long)p.Loop);
        fields.Add(((long)p.Stop.Unit << 32) | (long)p.BurnIn.Unit);
        fields.Add(p.Stop.Amount);
        fields.Add(p.BurnIn.Amount);
        var order = SimulationParameters.UsesChebyshevOrder(p.Model) ? p.ChebyshevOrder : 0;
        var excitatory = p.ExcitatoryNeurons;
        var g = excitatory < p.N ? p.G : 1;
        if (order == 0 && excitatory == 0 && g == 1 && p.Record == StatisticKinds.Cv && p.LyapunovExponents == 0
            && p.Training is null)
        {
            return new PointKey(XxHash128.HashToUInt128(canonical[..(FieldCount * sizeof(long))]));
        }

        fields.Add(order);
        fields.Add(excitatory);
        fields.Add(g);
        fields.Add((long)p.Record);
        if (p.LyapunovExponents == 0 && p.Training is null)
        {
            return new PointKey(XxHash128.HashToUInt128(canonical[..(MostFields * sizeof(long) - sizeof(long))]));
        }

        fields.Add(p.LyapunovExponents);
        if (p.Training is null)
        {
            return new PointKey(XxHash128.HashToUInt128(canonical[..(MostFields * sizeof(long))]));
        }

        Add(ref fields, p.Training);
        return new PointKey(XxHash128.HashToUInt128(canonical));
    }

    // Parameters that the task does not read count as zero.
    private static void Add(ref FieldWriter fields, TrainingParameters training)
    {
        fields.Add((long)training.Task);
        fields.Add(training.SeedData);
        fields.Add((long)training.Trained);
        foreach (var parameter in TrainingParameter.All)
        {
            fields.Add(parameter.IsReadBy(training.Task) ? parameter.Get(training) : 0);
        }
    }

    public static PointKey Parse(string hex) => new(UInt128.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    private ref struct FieldWriter(Span<byte> destination)
    {
        private Span<byte> _rest = destination;

        public void Add(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_rest, value);
            _rest = _rest[sizeof(long)..];
        }

        // -0.0 and 0.0 are the same parameter.
        public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value + 0.0));
    }
}
