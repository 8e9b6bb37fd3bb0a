using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;

namespace SparseProp.Engine;

/// <summary>
/// Identifies a simulation by all that determines its result: every parameter that its model reads, and
/// <see cref="EngineVersion.Semantic"/>. Equal keys mean equal spikes, so a point may run twice but is recorded once.
/// </summary>
public readonly record struct PointKey(UInt128 Value)
{
    // Longer than the canonical form of any point.
    private const int MostBytes = 4096;

    private static readonly IReadOnlyList<(Parameter Parameter, byte[] Name)> Named =
        [.. SimulationParameter.All.Select(parameter => (parameter, Encoding.UTF8.GetBytes(parameter.Name + "=")))];

    /// <summary>
    /// XXH3-128 of the canonical form: the engine's version, then the name and the 64 bits of every parameter that the point reads and that
    /// has another value than its default, in the order of <see cref="SimulationParameter.All"/>. Parameters that later versions add leave
    /// the key as it is. Of a network of populations, its <see cref="CanonicalText"/> counts, too. Not
    /// cryptographic: it separates 10^7 points with odds of 10^-24, not an adversary's.
    /// </summary>
    public static PointKey Of(SimulationParameters p) => Of(p, p.Network is { } network ? CanonicalText.HashOf(network) : null);

    /// <summary>The key of a point whose network is known by its hash only.</summary>
    internal static PointKey Of(SimulationParameters p, UInt128? networkHash)
    {
        Span<byte> canonical = stackalloc byte[MostBytes];
        BinaryPrimitives.WriteInt64LittleEndian(canonical, EngineVersion.Semantic);
        var length = sizeof(long);
        foreach (var (parameter, name) in Named)
        {
            var value = parameter.Get(p);
            if (parameter.IsReadBy(p) && (parameter.IsMandatory || value != parameter.Default))
            {
                name.CopyTo(canonical[length..]);
                length += name.Length;
                BinaryPrimitives.WriteInt64LittleEndian(canonical[length..], value.Bits);
                length += sizeof(long);
            }
        }

        if (networkHash is { } hash)
        {
            length = Add("network="u8, BitConverter.GetBytes(hash), canonical, length);
        }

        return new PointKey(XxHash128.HashToUInt128(canonical[..length]));
    }

    private static int Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Span<byte> canonical, int length)
    {
        name.CopyTo(canonical[length..]);
        value.CopyTo(canonical[(length + name.Length)..]);
        return length + name.Length + value.Length;
    }

    public static PointKey Parse(string hex) => new(UInt128.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
