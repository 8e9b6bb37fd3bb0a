using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Populations;

/// <content>Projections and inputs.</content>
public static partial class NetworkRules
{
    // Above it, events are closer than ticks.
    private const double MostEventsPerSecond = 1e14;

    /// <summary>How many synapses a projection has, or will have on average.</summary>
    internal static double SynapsesOf(Projection projection, int sources, int targets) => projection.Rule switch
    {
        ConnectionRule.InDegree => projection.Amount * targets,
        ConnectionRule.OutDegree => projection.Amount * sources,
        ConnectionRule.Probability => projection.Amount * sources * targets,
        ConnectionRule.Synapses => projection.Amount,
        ConnectionRule.OneToOne => sources,
        ConnectionRule.AllToAll => (double)sources * targets,
        _ => projection.Edges?.Sources.Count ?? 0,
    };

    private static void CheckProjection(Projection projection, Dictionary<string, Population> populations, List<ParameterError> errors)
    {
        var path = $"projections.{projection.Name}";
        var known = errors.Count;
        if (!CheckSelection($"{path}.from", projection.From, populations, allowSources: true, errors)
            | !CheckSelection($"{path}.to", projection.To, populations, allowSources: false, errors))
        {
            return;
        }

        var (from, to) = (populations[projection.From.Population], populations[projection.To.Population]);
        var (sources, targets) = (CountOf(projection.From, from), CountOf(projection.To, to));
        CheckRule(path, projection, from, to, sources, targets, errors);
        if (errors.Count > known)
        {
            return;
        }

        var synapses = (long)SynapsesOf(projection, sources, targets);
        CheckQuantity($"{path}.weight", "weight", projection.Weight, synapses, "must be finite", IsFinite, errors);
        CheckQuantity(
            $"{path}.delay", "delay", projection.Delay, synapses, "must be 0, or above it for all synapses, and at most 8000 s",
            range => (range is { Least: 0, Most: 0 } || range.Least > 0) && (range.Most <= Ticks.LongestSeconds || projection.Delay.Kind is QuantityKind.Normal or QuantityKind.Lognormal), errors);
        if (errors.Count == known && projection.Delay is { IsConstant: true, First: > 0 } && Ticks.Of(projection.Delay.First) == 0)
        {
            errors.Add(new($"{path}.delay", Text($"delay = {projection.Delay.First} s is above 0 but below the resolution of time, 2^-40 ms; use 0, or 1e-15 s or more")));
        }
    }

    private static void CheckRule(string path, Projection projection, Population from, Population to, int sources, int targets, List<ParameterError> errors)
    {
        var amount = projection.Amount;
        var isSame = from.Name == to.Name && !projection.Autapses;
        switch (projection.Rule)
        {
            case ConnectionRule.InDegree:
                CheckDegree("in_degree", sources, from.Name, "sources");
                break;
            case ConnectionRule.OutDegree:
                CheckDegree("out_degree", targets, to.Name, "targets");
                break;
            case ConnectionRule.Probability:
                if (!(amount is >= 0 and <= 1))
                {
                    errors.Add(new($"{path}.probability", Text($"{amount} is no probability; it must be within 0 and 1")));
                }

                break;
            case ConnectionRule.Synapses:
                var pairs = ((double)sources * targets) - (isSame ? Math.Min(sources, targets) : 0);
                if (!IsWhole(amount, 1L << 40))
                {
                    errors.Add(new($"{path}.synapses", Text($"{amount} is no number of synapses; it must be whole and 0 or above")));
                }
                else if (amount > 0 && (pairs < 1 || (!projection.Multapses && amount > pairs)))
                {
                    errors.Add(new($"{path}.synapses", Text($"{amount} synapses do not fit among {pairs} pairs of neurons; lower them or allow multapses")));
                }

                break;
            case ConnectionRule.OneToOne:
                if (sources != targets)
                {
                    errors.Add(new($"{path}.rule", $"one_to_one needs as many sources as targets, and there are {sources} and {targets}"));
                }

                break;
            case ConnectionRule.AllToAll:
                break;
            case ConnectionRule.Listed:
                CheckEdges(path, projection, from, to, errors);
                break;
            default:
                errors.Add(new($"{path}.rule", $"{(int)projection.Rule} is no rule"));
                break;
        }

        void CheckDegree(string key, int pool, string name, string what)
        {
            var others = pool - (isSame && pool > 0 ? 1 : 0);
            if (!IsWhole(amount, int.MaxValue))
            {
                errors.Add(new($"{path}.{key}", Text($"{key} = {amount} is no number of synapses; it must be whole and 0 or above")));
            }
            else if (amount > 0 && (others < 1 || (!projection.Multapses && amount > others)))
            {
                errors.Add(new(
                    $"{path}.{key}", Text($"{key} = {amount} is more than the {others} {what} that '{name}' has for each neuron; lower it or allow multapses")));
            }
        }
    }

    private static void CheckEdges(string path, Projection projection, Population from, Population to, List<ParameterError> errors)
    {
        if (projection.Edges is not { } edges || edges.Sources.Count != edges.Targets.Count)
        {
            errors.Add(new($"{path}.file", "listed synapses are as many sources as targets"));
        }
        else if (edges.Sources.Any(source => source < 0 || source >= from.Size))
        {
            errors.Add(new($"{path}.file", $"a listed source is none of '{from.Name}', which has {from.Size} neurons, counted from 0"));
        }
        else if (edges.Targets.Any(target => target < 0 || target >= to.Size))
        {
            errors.Add(new($"{path}.file", $"a listed target is none of '{to.Name}', which has {to.Size} neurons, counted from 0"));
        }
        else if (!projection.From.IsAll || !projection.To.IsAll)
        {
            errors.Add(new($"{path}.file", "listed synapses are of whole populations; leave the parts out"));
        }
    }

    /// <summary>Either all delays are 0 or all are above.</summary>
    private static void CheckDelays(NetworkDescription network, List<ParameterError> errors)
    {
        static bool IsZero(Projection projection) => QuantityRange.Of(projection.Delay).Most == 0;
        if (network.Projections.FirstOrDefault(IsZero) is { } zero && network.Projections.FirstOrDefault(p => !IsZero(p)) is { } other)
        {
            errors.Add(new(
                $"projections.{zero.Name}.delay",
                $"'{zero.Name}' has no delay and '{other.Name}' has one; either all delays of a network are 0 or all are above"));
        }
    }

    private static void CheckInput(ExternalInput input, Dictionary<string, Population> populations, List<ParameterError> errors)
    {
        var path = $"inputs.{input.Name}";
        if (!CheckSelection($"{path}.to", input.To, populations, allowSources: false, errors))
        {
            return;
        }

        var population = populations[input.To.Population];
        var count = CountOf(input.To, population);
        switch (input.Kind)
        {
            case InputKind.Poisson:
                var isGood = input.Sources >= 0 && double.IsFinite(input.Sources);
                CheckRate($"{path}.poisson", input.Course, isGood ? input.Sources * count : 0, errors);
                if (!isGood)
                {
                    errors.Add(new($"{path}.sources", Text($"sources = {input.Sources} is no number of sources; it must be 0 or above")));
                }

                break;
            case InputKind.Spikes:
                CheckSpikes($"{path}.spikes", input.Spikes, population.Size, errors);
                break;
            case InputKind.Current:
                if (input.Course.Sine is not null)
                {
                    errors.Add(new($"{path}.current", "a sine of current cannot be simulated exactly; give steps"));
                }
                else
                {
                    CheckCourse($"{path}.current", input.Course, errors);
                }

                return;
            default:
                errors.Add(new(path, $"{(int)input.Kind} is no kind of input"));
                return;
        }

        CheckQuantity($"{path}.weight", "weight", input.Weight, count, "must be finite", IsFinite, errors);
    }

    private static bool IsWhole(double amount, double most) => amount >= 0 && amount <= most && Math.Floor(amount) == amount;
}
