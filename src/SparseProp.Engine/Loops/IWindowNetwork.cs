using SparseProp.Engine.Queues;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Neurons and synapses as the window loop runs them. Within a window, a neuron's key grows with the time at which it would spike
/// without further input. Inhibition only ever raises keys; who gets a lower one by excitation is told by <see cref="Fire"/> or queued by <see cref="Advance"/>.
/// </summary>
/// <remarks>
/// One set of parameters must give the same bits on every machine: only IEEE operations in a fixed order. A structure, so that the
/// loop is compiled for it.
/// </remarks>
internal unsafe interface IWindowNetwork : IDisposable
{
    /// <summary>Number of neurons.</summary>
    int Count { get; }

    /// <summary>Whether some neurons excite others.</summary>
    bool IsExcited { get; }

    /// <summary>State and targets.</summary>
    long Bytes { get; }

    /// <summary>The longest window that <see cref="Next"/> understands, in its unit.</summary>
    double LongestWindow { get; }

    /// <summary>A window that is likely to hold so many neurons at the beginning.</summary>
    double FirstWindow(double neurons);

    /// <summary>How many spikes may follow before <see cref="Upkeep"/>; at least 1 right after it.</summary>
    long SpikesLeft { get; }

    /// <summary>Work on all neurons that is due between two windows, or as <see cref="SpikesLeft"/> is 0. Changes no key within a window.</summary>
    /// <returns>False when cancelled; the next call goes on.</returns>
    bool Upkeep(CancellationToken cancellation);

    /// <summary>The window behind the present one; changes nothing.</summary>
    Window Next(double length);

    /// <summary>
    /// Writes those of the neurons in [<paramref name="start"/>, <paramref name="stop"/>) that may spike in the window to
    /// <paramref name="found"/>, ascending, with keys, and returns how many; there must be room for all.
    /// </summary>
    int Collect(int start, int stop, in Window window, HeapNode* found);

    /// <summary>Makes a window, the result of <see cref="Next"/>, the present one.</summary>
    void Open(in Window window);

    /// <summary>
    /// The present instant, where input can bring neurons to threshold: then all with keys below <see cref="EndOfInstant"/> spike
    /// together, and <see cref="Advance"/> takes the place of <see cref="Fire"/>. Otherwise null.
    /// </summary>
    Avalanche? Avalanche { get; }

    /// <summary>The key behind the instant that begins at <paramref name="key"/>; the key itself where there are no avalanches.</summary>
    double EndOfInstant(double key);

    /// <summary>The neuron's key as it is now; anything beyond the present window's end stands for later.</summary>
    double Key(int neuron);

    /// <summary>Time of a spike in the present window, in seconds from the initial condition.</summary>
    double Seconds(double key);

    /// <summary>Puts times in the place of keys, the same as one by one; there is room for 8 more.</summary>
    void Seconds(double* keys, int count);

    /// <inheritdoc cref="IEventLoop.ReadTimesToSpike"/>
    void ReadTimesToSpike(double seconds, double* destination);

    /// <summary>Asks for a neuron's targets, which are likely to be needed soon.</summary>
    void Prefetch(int neuron);

    /// <summary>
    /// The neuron spikes: its targets receive their input, and it is reset. Returns how many of the targets may now spike earlier
    /// than their last key said, but within the window: they are the first of <see cref="Advanced"/>.
    /// </summary>
    int Fire(int neuron, double key);

    /// <summary>
    /// Works through what is left of the present instant. Whom it lets spike earlier than their last key said, but within the window or
    /// the instant that begins at its end, are queued.
    /// </summary>
    /// <returns>False when cancelled; the next call goes on.</returns>
    bool Advance(WindowQueue queue, CancellationToken cancellation);

    /// <inheritdoc cref="IEventLoop.Save"/>
    void Save(SnapshotWriter writer);

    /// <inheritdoc cref="IEventLoop.Restore"/>
    void Restore(SnapshotReader reader);

    /// <summary>Targets with lower keys, written by <see cref="Fire"/>.</summary>
    HeapNode* Advanced { get; }
}
