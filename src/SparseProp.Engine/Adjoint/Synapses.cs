namespace SparseProp.Engine.Adjoint;

/// <summary>
/// Synapses by where they come from: those of source s are numbers <c>RowStart[s]</c> to <c>RowStart[s + 1] − 1</c>. Sources and targets
/// count from 0; a target may occur more than once.
/// </summary>
/// <param name="RowStart">Where each source's synapses begin, and behind the last where they end.</param>
/// <param name="Targets">The neuron that each synapse reaches.</param>
/// <param name="Weights">What a spike adds to V of the target, in units of V: negative inhibits.</param>
public sealed record Synapses(int[] RowStart, int[] Targets, double[] Weights)
{
    /// <summary>No synapses of a number of sources.</summary>
    public static Synapses None(int sources) => new(new int[sources + 1], [], []);

    internal int Sources => RowStart.Length - 1;

    /// <summary>Whether a source reaches a target more than once; known of synapses without <see cref="Errors"/>.</summary>
    internal bool HasRepeatedTargets => _form!.HasRepeatedTargets;

    // Of arrays that were looked at already, for a run must not take as long as all synapses.
    private CheckedForm? _form;

    internal int CountOf(int source) => RowStart[source + 1] - RowStart[source];

    /// <summary>Synapses of several sources, or of the complements of inputs.</summary>
    internal int CountOf(ReadOnlySpan<int> sources)
    {
        var count = 0;
        foreach (var source in sources)
        {
            count += CountOf(source < 0 ? ~source : source);
        }

        return count;
    }

    internal IReadOnlyList<string> Errors(string name, int sources, int neurons, bool areOwn)
    {
        if (RowStart is null || Targets is null || Weights is null)
        {
            return [$"{name}: RowStart, Targets and Weights are arrays; Synapses.None has no synapses"];
        }

        var asked = new CheckedForm(RowStart, Targets, sources, neurons, areOwn, HasRepeatedTargets: false, []);
        if (_form is null || !_form.IsOf(asked))
        {
            string[] errors = [.. FormErrors(sources, neurons, areOwn).Select(error => $"{name}: {error}")];
            _form = asked with { Errors = errors, HasRepeatedTargets = errors.Length == 0 && FindRepeatedTargets(sources, neurons) };
        }

        var areFinite = Weights.Length == Targets.Length;
        foreach (var weight in Weights)
        {
            areFinite &= double.IsFinite(weight);
        }

        return areFinite ? _form.Errors : [.. _form.Errors, $"{name}: every target has one weight, a finite number"];
    }

    private IEnumerable<string> FormErrors(int sources, int neurons, bool areOwn)
    {
        if (RowStart.Length != sources + 1 || RowStart[0] != 0 || RowStart[^1] != Targets.Length || !RowStart.Zip(RowStart.Skip(1), (a, b) => a <= b).All(rises => rises))
        {
            yield return $"RowStart has {sources + 1} numbers that begin with 0, never fall and end with the number of targets";
            yield break;
        }

        if (Targets.Any(target => target < 0 || target >= neurons))
        {
            yield return $"targets are neurons from 0 to {neurons - 1}";
            yield break;
        }

        for (var source = 0; areOwn && source < sources; source++)
        {
            if (Targets.AsSpan(RowStart[source]..RowStart[source + 1]).Contains(source))
            {
                yield return $"neuron {source} is its own target";
                yield break;
            }
        }
    }

    private bool FindRepeatedTargets(int sources, int neurons)
    {
        var latest = new int[neurons];
        for (var source = 0; source < sources; source++)
        {
            foreach (var target in Targets.AsSpan(RowStart[source]..RowStart[source + 1]))
            {
                if (latest[target] == source + 1)
                {
                    return true;
                }

                latest[target] = source + 1;
            }
        }

        return false;
    }

    private sealed record CheckedForm(
        int[] RowStart, int[] Targets, int Sources, int Neurons, bool AreOwn, bool HasRepeatedTargets, IReadOnlyList<string> Errors)
    {
        public bool IsOf(CheckedForm other) =>
            RowStart == other.RowStart && Targets == other.Targets && (Sources, Neurons, AreOwn) == (other.Sources, other.Neurons, other.AreOwn);
    }
}
