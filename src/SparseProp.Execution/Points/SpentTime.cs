using System.Buffers;
using MessagePack;

namespace SparseProp.Execution.Points;

/// <summary>
/// What a simulation has cost so far, in seconds, over all interruptions. A checkpoint begins with it: a MessagePack array of version
/// and the figures in order, of a length that never changes.
/// </summary>
/// <param name="WallSeconds">Set-up, burn-in and measurement.</param>
/// <param name="CpuSeconds">CPU time of the measurement.</param>
/// <param name="SetupSeconds">Building network and state, each time that it was.</param>
/// <param name="MeasurementSeconds">Wall time of the measurement.</param>
internal readonly record struct SpentTime(double WallSeconds, double CpuSeconds, double SetupSeconds, double MeasurementSeconds)
{
    private const int Version = 1;
    private const int Fields = 5;

    // Three centuries.
    private const double MostSeconds = 1e10;

    // Array header and version take a byte each; a double takes nine.
    private const int Bytes = 1 + 1 + (4 * 9);

    public void Write(Stream destination)
    {
        var buffer = new ArrayBufferWriter<byte>(Bytes);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Fields);
        writer.Write(Version);
        writer.Write(WallSeconds);
        writer.Write(CpuSeconds);
        writer.Write(SetupSeconds);
        writer.Write(MeasurementSeconds);
        writer.Flush();
        destination.Write(buffer.WrittenSpan);
    }

    /// <exception cref="InvalidDataException">No checkpoint of this version begins here.</exception>
    public static SpentTime Read(Stream source)
    {
        var bytes = new byte[Bytes];
        try
        {
            source.ReadExactly(bytes);
            var reader = new MessagePackReader(bytes);
            if (reader.ReadArrayHeader() == Fields && reader.ReadInt32() == Version)
            {
                var spent = new SpentTime(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
                return spent.IsPossible ? spent : throw new InvalidDataException($"A checkpoint cannot have cost {spent}.");
            }
        }
        catch (Exception error) when (error is EndOfStreamException or MessagePackSerializationException or OverflowException)
        {
            throw new InvalidDataException($"This is no checkpoint: {error.Message}", error);
        }

        throw new InvalidDataException("The checkpoint was written by another version of the worker.");
    }

    private bool IsPossible => new[] { WallSeconds, CpuSeconds, SetupSeconds, MeasurementSeconds }.All(seconds => seconds is >= 0 and < MostSeconds);
}
