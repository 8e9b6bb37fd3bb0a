using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Draws;

namespace SparseProp.Engine.Populations.Connections;

/// <summary>
/// The pairs of neurons that a projection connects. What is drawn is a function of the seed, the projection's name and one neuron: of the
/// target where targets have a number of synapses, of the source where sources do, of none where the network does.
/// </summary>
/// <param name="projection">The projection.</param>
/// <param name="sources">Its sources, ascending.</param>
/// <param name="targets">Its targets, ascending.</param>
/// <param name="seedNet">Seed of the network.</param>
internal sealed unsafe class ConnectedPairs(Projection projection, int[] sources, int[] targets, long seedNet)
{
    private readonly ulong _stream = RandomWords.StreamOf(seedNet, "connections", projection.Name);

    private readonly bool _excludesSelf = !projection.Autapses && projection.From.Population == projection.To.Population;

    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ISynapseVisitor
    {
        switch (projection.Rule)
        {
            case ConnectionRule.InDegree:
                VisitDegrees(ref visitor, targets, sources, isOfTargets: true);
                break;
            case ConnectionRule.OutDegree:
                VisitDegrees(ref visitor, sources, targets, isOfTargets: false);
                break;
            case ConnectionRule.Probability:
                VisitProbable(ref visitor);
                break;
            case ConnectionRule.Synapses:
                VisitTotal(ref visitor);
                break;
            case ConnectionRule.OneToOne:
                VisitOneToOne(ref visitor);
                break;
            case ConnectionRule.AllToAll:
                VisitAll(ref visitor);
                break;
            case ConnectionRule.Listed:
                VisitListed(ref visitor);
                break;
            default:
                throw new InvalidOperationException($"No rule {projection.Rule}.");
        }
    }

    /// <summary>Each of <paramref name="owners"/> has the same number of synapses with neurons of <paramref name="pool"/>.</summary>
    [MethodImpl(Compile.AtOnce)]
    private void VisitDegrees<TVisitor>(ref TVisitor visitor, int[] owners, int[] pool, bool isOfTargets)
        where TVisitor : struct, ISynapseVisitor
    {
        var degree = (int)projection.Amount;
        using var drawn = new DrawnSet(projection.Multapses ? 1 : Math.Min(degree, Math.Max(0, pool.Length - degree)) + 1);
        foreach (var owner in owners)
        {
            visitor.Begin(owner);
            var self = PlaceOf(owner, pool);
            var size = pool.Length - (self < int.MaxValue ? 1 : 0);
            var words = RandomWords.Of(_stream, owner);
            if (projection.Multapses)
            {
                for (var i = 0; i < degree; i++)
                {
                    Add(ref visitor, owner, pool[Skip((int)words.NextBelow((ulong)size), self)], isOfTargets);
                }
            }
            else if (2L * degree <= size)
            {
                drawn.Clear();
                for (var i = 0; i < degree;)
                {
                    var place = (uint)words.NextBelow((ulong)size);
                    if (drawn.Add(place))
                    {
                        Add(ref visitor, owner, pool[Skip((int)place, self)], isOfTargets);
                        i++;
                    }
                }
            }
            else
            {
                // Those that are left out are fewer.
                drawn.Clear();
                for (var i = degree; i < size;)
                {
                    i += drawn.Add((uint)words.NextBelow((ulong)size)) ? 1 : 0;
                }

                for (var place = 0; place < size; place++)
                {
                    if (!drawn.Contains((uint)place))
                    {
                        Add(ref visitor, owner, pool[Skip(place, self)], isOfTargets);
                    }
                }
            }
        }
    }

    /// <summary>The distances between connected pairs of a source are geometrically distributed.</summary>
    private void VisitProbable<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ISynapseVisitor
    {
        if (projection.Amount >= 1)
        {
            VisitAll(ref visitor);
            return;
        }

        // ln(1 − p) without the rounding of 1 − p.
        var scale = -1 / SmallArguments.LogOnePlus(projection.Amount / (1 - projection.Amount));
        foreach (var source in sources)
        {
            visitor.Begin(source);
            if (projection.Amount <= 0)
            {
                continue;
            }

            var self = PlaceOf(source, targets);
            var size = targets.Length - (self < int.MaxValue ? 1 : 0);
            var words = RandomWords.Of(_stream, source);
            for (var place = 0; place < size; place++)
            {
                var skipped = Math.Floor(ElementaryFunctions.Log(words.NextPositive()) * scale);
                if (skipped >= size - place)
                {
                    break;
                }

                place += (int)skipped;
                visitor.Add(source, targets[Skip(place, self)]);
            }
        }
    }

    private void VisitTotal<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ISynapseVisitor
    {
        var total = (long)projection.Amount;
        var words = RandomWords.Of(_stream, 0);
        visitor.Begin(0);
        if (projection.Multapses)
        {
            for (var i = 0L; i < total;)
            {
                var (source, target) = Pair(NextPair(ref words));
                if (!IsSelf(source, target))
                {
                    visitor.Add(source, target);
                    i++;
                }
            }

            return;
        }

        var all = Pairs(projection, sources, targets);
        var isComplement = 2 * (Int128)total > all;
        var drawn = new HashSet<ulong>();
        for (var i = 0L; i < (isComplement ? (long)(all - total) : total);)
        {
            var pair = NextPair(ref words);
            var (source, target) = Pair(pair);
            if (!IsSelf(source, target) && drawn.Add(pair))
            {
                i++;
                if (!isComplement)
                {
                    visitor.Add(source, target);
                }
            }
        }

        for (var pair = 0UL; isComplement && pair < (ulong)sources.Length * (ulong)targets.Length; pair++)
        {
            var (source, target) = Pair(pair);
            if (!IsSelf(source, target) && !drawn.Contains(pair))
            {
                visitor.Add(source, target);
            }
        }
    }

    /// <summary>How many pairs a projection may connect.</summary>
    public static Int128 Pairs(Projection projection, int[] sources, int[] targets)
    {
        var selves = !projection.Autapses && projection.From.Population == projection.To.Population ? sources.Intersect(targets).Count() : 0;
        return ((Int128)sources.Length * targets.Length) - selves;
    }

    private void VisitOneToOne<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ISynapseVisitor
    {
        for (var i = 0; i < sources.Length; i++)
        {
            visitor.Begin(sources[i]);
            visitor.Add(sources[i], targets[i]);
        }
    }

    private void VisitAll<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ISynapseVisitor
    {
        foreach (var source in sources)
        {
            visitor.Begin(source);
            foreach (var target in targets)
            {
                if (!IsSelf(source, target))
                {
                    visitor.Add(source, target);
                }
            }
        }
    }

    private void VisitListed<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ISynapseVisitor
    {
        var edges = projection.Edges!;
        visitor.Begin(0);
        for (var i = 0; i < edges.Sources.Count; i++)
        {
            visitor.Add(edges.Sources[i], edges.Targets[i]);
        }
    }

    private bool IsSelf(int source, int target) => _excludesSelf && source == target;

    private ulong NextPair(ref RandomWords words) => words.NextBelow((ulong)sources.Length * (ulong)targets.Length);

    private (int Source, int Target) Pair(ulong pair)
    {
        var (source, target) = Math.DivRem(pair, (ulong)targets.Length);
        return (sources[source], targets[target]);
    }

    /// <summary>Where a neuron stands among those that it must not be connected with; beyond all where it does not.</summary>
    private int PlaceOf(int neuron, int[] pool) =>
        _excludesSelf && Array.BinarySearch(pool, neuron) is >= 0 and var place ? place : int.MaxValue;

    private static int Skip(int place, int self) => place >= self ? place + 1 : place;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TVisitor>(ref TVisitor visitor, int owner, int other, bool isOfTargets)
        where TVisitor : struct, ISynapseVisitor
    {
        if (isOfTargets)
        {
            visitor.Add(other, owner);
        }
        else
        {
            visitor.Add(owner, other);
        }
    }
}
