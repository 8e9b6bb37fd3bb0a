using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Populations.Draws;
using SparseProp.Engine.Random;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Inputs;

/// <summary>
/// Independent Poisson processes of one rate, drawn together: the times of a process of their summed rate, and for each whose it is.
/// </summary>
/// <remarks>
/// Definition. Time is cut into windows of 2^m ticks in which, at the largest rate, 512 to 1024 events are expected; m from 8 to 50. Window w
/// has the key M(stream + w·γ) and word c of it is M(key + c·γ), with M and γ of <see cref="SplitMix64"/>. Events take two words each,
/// or three where the rate varies. The first gives the wait since the event before, or since the window's begin: −ln u of the mean wait,
/// with u from <see cref="RandomWords.Positive(ulong)"/>, rounded to 2^-50 ms. What lies beyond the window is discarded: processes without
/// memory begin anew. An event's tick is its sum of waits rounded down. The second word times the number of processes gives, in its high
/// 64 bits, whose it is. Where the rate varies, an event counts if the third word's number in [0, 1) times the largest rate is below the
/// rate at its time. Sums of waits are whole numbers, so that they are exact in any order.
/// </remarks>
internal sealed class PoissonEvents : TimedEvents
{
    private const int UnitBits = 10;
    private const int ExpectedAtLeast = 512;
    private const int ShortestWindow = 8;
    private const int LongestWindow = 50;

    // A multiple of the widest vector; what is drawn beyond the window's end is lost.
    private const int DrawnAtOnce = 64;

    // −ln 2^-53, the longest of all waits in units of the mean one, is below.
    private const double LongestWait = 40;

    // 1.5 · 2^52: a number below 2^51 that is added to it is rounded to a whole one.
    private const double WholeBits = 6755399441055744;

    private readonly RateCourse _course;
    private readonly ulong _stream;
    private readonly ulong _processes;
    private readonly double _factor;
    private readonly double _wait;
    private readonly int _windowBits;
    private readonly int _wordsOfEvent;
    private long[] _ticks = new long[ExpectedAtLeast * 3];
    private int[] _places = new int[ExpectedAtLeast * 3];
    private long _window;
    private long _before;
    private int _count;
    private int _next;

    /// <param name="stream">Key of their random words.</param>
    /// <param name="course">Events per second of each process.</param>
    /// <param name="factor">Times this.</param>
    /// <param name="processes">How many processes.</param>
    public PoissonEvents(ulong stream, RateCourse course, double factor, int processes)
    {
        (_stream, _course, _factor, _processes) = (stream, course, factor, (ulong)processes);
        _wordsOfEvent = course.IsConstant ? 2 : 3;
        var perTick = course.Most * factor * processes / Ticks.PerSecond;
        if (!(perTick > 0))
        {
            Tick = Ticks.Never;
            return;
        }

        _wait = (1 << UnitBits) / perTick;
        _windowBits = ShortestWindow;
        while (_windowBits < LongestWindow && Math.ScaleB(perTick, _windowBits) < ExpectedAtLeast)
        {
            _windowBits++;
        }

        _window = -1;
        Show();
    }

    public override long Bytes => _ticks.Length * 12L;

    /// <summary>The ticks of the present window's events.</summary>
    public ReadOnlySpan<long> WindowTicks => _ticks.AsSpan(0, _count);

    /// <summary>Whose they are.</summary>
    public ReadOnlySpan<int> WindowPlaces => _places.AsSpan(0, _count);

    /// <summary>The present event among them.</summary>
    public int Next => _next;

    /// <summary>The present window.</summary>
    public long Window => _window;

    public override void MoveNext() => MoveTo(_next + 1);

    /// <summary>Goes on to a later event of the present window, or beyond it.</summary>
    public void MoveTo(int next)
    {
        _next = next;
        Show();
    }

    public override long CountUpTo(long tick)
    {
        if (_windowBits == 0)
        {
            return 0;
        }

        if (Math.Max(0, tick) >> _windowBits is var window && window < _window)
        {
            // Earlier than the present window: without those since then.
            var others = new PoissonEvents(_stream, _course, _factor, (int)_processes);
            var since = 0L;
            for (var other = window + 1; other < _window; other++)
            {
                others.Draw(other);
                since += others._count;
            }

            others.Draw(window);
            return _before - since - others._count + others.CountInWindow(tick);
        }

        return _before + CountInWindow(tick);
    }

    public override void Save(SnapshotWriter writer)
    {
        writer.Write(_window);
        writer.Write(_before);
        writer.Write(_next);
    }

    public override void Restore(SnapshotReader reader)
    {
        var (window, before) = (reader.ReadInt64(), reader.ReadInt64());
        var next = reader.ReadIndex(int.MaxValue);
        if (Tick == Ticks.Never && _windowBits == 0)
        {
            return;
        }

        (_window, _before) = (window, before);
        if (window < 0 || window > Ticks.Last >> _windowBits)
        {
            Tick = Ticks.Never;
            return;
        }

        Draw(window);
        _next = next <= _count ? next : throw new InvalidDataException("The snapshot is beyond the events of its input.");
        Show();
    }

    private int CountInWindow(long tick)
    {
        var count = Array.BinarySearch(_ticks, 0, _count, tick + 1);
        count = count < 0 ? ~count : count;
        while (count > 0 && _ticks[count - 1] > tick)
        {
            count--;
        }

        return count;
    }

    private void Show()
    {
        while (_next == _count)
        {
            if (_window >= Ticks.Last >> _windowBits)
            {
                Tick = Ticks.Never;
                return;
            }

            _window++;
            _before += _count;
            _next = 0;
            Draw(_window);
        }

        (Tick, Place) = (_ticks[_next], _places[_next]);
    }

    private void Draw(long window)
    {
        _count = 0;
        if (_wordsOfEvent == 2 && LongestWait * _wait < Math.Min(1L << 50, 1L << (_windowBits + UnitBits)))
        {
            DrawMany(window);
        }
        else
        {
            DrawOneByOne(window);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private unsafe void DrawMany(long window)
    {
        var words = stackalloc ulong[2 * DrawnAtOnce];
        var waits = stackalloc double[DrawnAtOnce + 8];
        var begin = window << _windowBits;
        var end = 1L << (_windowBits + UnitBits);
        var sum = 0L;
        for (var counter = RandomWords.KeyOf(_stream, window); ; counter += unchecked(2 * DrawnAtOnce * SplitMix64.Gamma))
        {
            SplitMix64.Words(counter, words, 2 * DrawnAtOnce);
            RandomWords.Positive(words, waits, DrawnAtOnce);
            ElementaryFunctions.ScaledLog(waits, DrawnAtOnce, 0, -_wait);
            Reserve(DrawnAtOnce);
            var ticks = _ticks.AsSpan(_count, DrawnAtOnce);
            var places = _places.AsSpan(_count, DrawnAtOnce);
            for (var i = 0; i < ticks.Length; i++)
            {
                // Its bits are those of 1.5 · 2^52 and the whole number in them.
                sum += BitConverter.DoubleToInt64Bits(waits[i] + WholeBits) - BitConverter.DoubleToInt64Bits(WholeBits);
                if (sum >= end)
                {
                    return;
                }

                ticks[i] = begin + (sum >> UnitBits);
                places[i] = (int)Math.BigMul(words[(2 * i) + 1], _processes, out _);
                _count++;
            }
        }
    }

    private void DrawOneByOne(long window)
    {
        var begin = window << _windowBits;
        var end = 1L << (_windowBits + UnitBits);
        var sum = 0L;
        for (var words = RandomWords.Of(_stream, window); ;)
        {
            var wait = -_wait * ElementaryFunctions.Log(words.NextPositive());
            if (!(wait < end))
            {
                return;
            }

            sum += (long)Math.Round(wait);
            if (sum >= end)
            {
                return;
            }

            var (tick, place) = (begin + (sum >> UnitBits), (int)Math.BigMul(words.Next(), _processes, out _));
            if (_wordsOfEvent == 2 || words.NextUniform() * _course.Most < _course.At(Ticks.ToSeconds(tick)))
            {
                Reserve(1);
                (_ticks[_count], _places[_count]) = (tick, place);
                _count++;
            }
        }
    }

    private void Reserve(int events)
    {
        if (_count + events > _ticks.Length)
        {
            Array.Resize(ref _ticks, 2 * (_count + events));
            Array.Resize(ref _places, 2 * (_count + events));
        }
    }
}
