using System.Globalization;
using System.Text;
using MessagePack;

namespace SparseProp.Results.Spikes;

/// <summary>
/// A spike train on disk. CSV: header <c>neuron,time_s</c> and a line for each spike. MessagePack: a stream of arrays
/// [neuron, time_s]. Neurons count from 1; times are seconds since the initial condition and round-trip.
/// </summary>
/// <remarks>Written beside its final name and moved there by <see cref="Complete"/>: what bears the name is whole.</remarks>
public sealed class SpikeFile : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int MostBytesPerSpike = 64;

    private readonly string _path;
    private readonly string _partialPath;
    private readonly bool _csv;
    private readonly FileStream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private bool _completed;
    private IOException? _failure;

    private SpikeFile(string path, bool csv)
    {
        _path = path;
        _partialPath = path + ".partial";
        _csv = csv;
        _stream = new FileStream(_partialPath, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (csv)
        {
            _used = Encoding.ASCII.GetBytes("neuron,time_s\n", _buffer);
        }
    }

    /// <summary>Begins a file whose format its ending says.</summary>
    /// <exception cref="ArgumentException">The ending is neither .csv nor .msgpack.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static SpikeFile Create(string path)
    {
        RefuseUnknown(path);
        return new SpikeFile(path, csv: Path.GetExtension(path) == ".csv");
    }

    /// <summary>Says whether the ending of a file name names a format.</summary>
    /// <exception cref="ArgumentException">It is neither .csv nor .msgpack.</exception>
    public static void RefuseUnknown(string path)
    {
        if (Path.GetExtension(path) is not (".csv" or ".msgpack"))
        {
            throw new ArgumentException($"'{path}' ends neither in .csv nor in .msgpack, so its format is unknown");
        }
    }

    /// <summary>Adds a spike. That it cannot be written is told by <see cref="Complete"/>: the simulation is worth more than the file.</summary>
    /// <param name="neuron">Counted from 0.</param>
    /// <param name="timeSeconds">Seconds since the initial condition.</param>
    public void Add(int neuron, double timeSeconds)
    {
        if (_used > BufferBytes - MostBytesPerSpike)
        {
            Drain();
        }

        var free = _buffer.AsSpan(_used);
        _used += _csv ? WriteLine(free, neuron + 1L, timeSeconds) : WritePair(free, neuron + 1L, timeSeconds);
    }

    /// <summary>Gives the file its name. Without this, disposing leaves nothing behind.</summary>
    /// <exception cref="IOException">Not all spikes could be written.</exception>
    public void Complete()
    {
        Drain();
        if (_failure is not null)
        {
            throw new IOException(_failure.Message, _failure);
        }

        _stream.Dispose();
        File.Move(_partialPath, _path, overwrite: true);
        _completed = true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_completed)
        {
            File.Delete(_partialPath);
        }
    }

    private void Drain()
    {
        try
        {
            if (_failure is null)
            {
                _stream.Write(_buffer, 0, _used);
            }
        }
        catch (IOException error)
        {
            _failure = error;
        }

        _used = 0;
    }

    private static int WriteLine(Span<byte> line, long neuron, double timeSeconds)
    {
        neuron.TryFormat(line, out var length, provider: CultureInfo.InvariantCulture);
        line[length++] = (byte)',';
        timeSeconds.TryFormat(line[length..], out var digits, "R", CultureInfo.InvariantCulture);
        length += digits;
        line[length++] = (byte)'\n';
        return length;
    }

    private static int WritePair(Span<byte> value, long neuron, double timeSeconds)
    {
        MessagePackPrimitives.TryWriteArrayHeader(value, 2, out var length);
        MessagePackPrimitives.TryWrite(value[length..], neuron, out var neuronBytes);
        length += neuronBytes;
        MessagePackPrimitives.TryWrite(value[length..], timeSeconds, out var timeBytes);
        return length + timeBytes;
    }
}
