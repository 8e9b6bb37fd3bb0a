using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Draws;

namespace SparseProp.Engine.Populations.Connections;

/// <summary>
/// The synapses of one projection: a row of targets for each neuron of the source population, in the order in which they were drawn.
/// Weights and delays are kept where they differ.
/// </summary>
internal sealed unsafe class SynapseRows : IDisposable
{
    private readonly NativeBuffer<long> _starts;
    private readonly NativeBuffer<int> _targets;
    private readonly NativeBuffer<double> _weights;
    private readonly NativeBuffer<long> _delays;

    /// <param name="projection">The projection.</param>
    /// <param name="sourceSize">Neurons of the source population.</param>
    /// <param name="targetSize">Neurons of the target population.</param>
    /// <param name="silenced">Which neurons of the source population have no synapses; null where all do.</param>
    /// <param name="seedNet">Seed of the network.</param>
    public SynapseRows(Projection projection, int sourceSize, int targetSize, bool[]? silenced, long seedNet)
    {
        var pairs = new ConnectedPairs(
            projection,
            Selections.NeuronsOf(projection.From, sourceSize, seedNet),
            Selections.NeuronsOf(projection.To, targetSize, seedNet),
            seedNet);
        _starts = new NativeBuffer<long>(sourceSize + 2L);
        var counter = new Counter(_starts.Pointer + 2, silenced);
        pairs.Visit(ref counter);
        for (var i = 1L; i < _starts.Length; i++)
        {
            _starts.Pointer[i] += _starts.Pointer[i - 1];
        }

        var synapses = _starts.Pointer[sourceSize + 1];
        (Weight, Delay) = (projection.Weight.First, Ticks.Of(projection.Delay.First));
        _targets = new NativeBuffer<int>(synapses);
        _weights = new NativeBuffer<double>(projection.Weight.IsConstant ? 0 : synapses);
        _delays = new NativeBuffer<long>(projection.Delay.IsConstant ? 0 : synapses);
        HasWeights = !projection.Weight.IsConstant;
        HasDelays = !projection.Delay.IsConstant;

        // Each row's place moves to its end, which is where the next one begins.
        var filler = new Filler(this, projection, silenced, seedNet);
        pairs.Visit(ref filler);
        Excites = HasWeights ? Any(positive: true) : Weight > 0;
        Inhibits = HasWeights ? Any(positive: false) : Weight < 0;
        (LeastDelay, MostDelay) = DelayRange();
    }

    public long Count => _targets.Length;

    /// <summary>Whether synapses have weights of their own; otherwise <see cref="Weight"/> is that of all.</summary>
    public bool HasWeights { get; }

    /// <summary>Whether synapses have delays of their own; otherwise <see cref="Delay"/> is that of all.</summary>
    public bool HasDelays { get; }

    public double Weight { get; }

    public long Delay { get; }

    public long LeastDelay { get; }

    public long MostDelay { get; }

    /// <summary>Whether some weight is above 0.</summary>
    public bool Excites { get; }

    /// <summary>Whether some weight is below 0.</summary>
    public bool Inhibits { get; }

    /// <summary>Targets, counted from 0 within their population.</summary>
    public int* Targets => _targets.Pointer;

    public double* Weights => _weights.Pointer;

    public long* Delays => _delays.Pointer;

    public long Bytes => _starts.Bytes + _targets.Bytes + _weights.Bytes + _delays.Bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Begin(int source) => _starts.Pointer[source];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long End(int source) => _starts.Pointer[source + 1];

    public void Dispose()
    {
        _starts.Dispose();
        _targets.Dispose();
        _weights.Dispose();
        _delays.Dispose();
    }

    private bool Any(bool positive)
    {
        for (var i = 0L; i < _weights.Length; i++)
        {
            if (positive ? _weights.Pointer[i] > 0 : _weights.Pointer[i] < 0)
            {
                return true;
            }
        }

        return false;
    }

    private (long Least, long Most) DelayRange()
    {
        if (!HasDelays)
        {
            return (Delay, Delay);
        }

        var (least, most) = (Ticks.Never, 0L);
        for (var i = 0L; i < _delays.Length; i++)
        {
            least = Math.Min(least, _delays.Pointer[i]);
            most = Math.Max(most, _delays.Pointer[i]);
        }

        return (least, most);
    }

    private readonly struct Counter(long* counts, bool[]? silenced) : ISynapseVisitor
    {
        public void Begin(int owner)
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(int source, int target)
        {
            if (silenced is null || !silenced[source])
            {
                counts[source]++;
            }
        }
    }

    /// <summary>Draws for silenced neurons, too, so that silencing changes no other's weight.</summary>
    private struct Filler : ISynapseVisitor
    {
        private readonly bool[]? _silenced;
        private readonly long* _places;
        private readonly int* _targets;
        private readonly double* _weights;
        private readonly long* _delays;
        private readonly QuantityDraw? _weight;
        private readonly QuantityDraw? _delay;
        private readonly ulong _weightStream;
        private readonly ulong _delayStream;
        private RandomWords _weightWords;
        private RandomWords _delayWords;
        private int _item;

        public Filler(SynapseRows rows, Projection projection, bool[]? silenced, long seedNet)
        {
            _silenced = silenced;
            _places = rows._starts.Pointer + 1;
            _targets = rows.Targets;
            _weights = rows.Weights;
            _delays = rows.Delays;
            _weight = rows.HasWeights ? new QuantityDraw(projection.Weight) : null;
            _delay = rows.HasDelays ? new QuantityDraw(projection.Delay) : null;
            _weightStream = RandomWords.StreamOf(seedNet, "weights", projection.Name);
            _delayStream = RandomWords.StreamOf(seedNet, "delays", projection.Name);
        }

        public void Begin(int owner)
        {
            _weightWords = RandomWords.Of(_weightStream, owner);
            _delayWords = RandomWords.Of(_delayStream, owner);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(int source, int target)
        {
            var weight = _weight?.Next(_item, ref _weightWords);
            var delay = _delay?.Next(_item, ref _delayWords);
            _item++;
            if (_silenced is not null && _silenced[source])
            {
                return;
            }

            var place = _places[source]++;
            _targets[place] = target;
            if (weight is { } ownWeight)
            {
                _weights[place] = ownWeight;
            }

            if (delay is { } ownDelay)
            {
                // A delay above 0 stays above 0.
                _delays[place] = Math.Max(1, Ticks.Of(ownDelay));
            }
        }
    }
}
