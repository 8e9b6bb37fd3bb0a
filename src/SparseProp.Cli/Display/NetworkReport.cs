using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;
using SparseProp.Results.Texts;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Display;

/// <summary>What <c>network show</c> prints.</summary>
internal static class NetworkReport
{
    public static void Print(NetworkTemplate template, NetworkValues values, NetworkSummary summary)
    {
        var network = summary.Network;
        if (template.Parameters.Count > 0)
        {
            Write("parameters", ["parameter", "value"], template.Parameters.Select(parameter => (IReadOnlyList<object?>)
                [parameter.Name, values.Find(parameter.Name) is { Word: { } word } ? word : Shown(values.Find(parameter.Name)!.Value.Value.Real, parameter.Unit)]));
        }

        Write(
            "populations",
            ["population", "model", "n", "tau", "threshold", "reset", "rest", "drive", "refractory", "events per Hz"],
            network.Populations.Select(population => (IReadOnlyList<object?>)
            [
                population.Name, NameOf(population.Model), population.Size,
                population.IsSource ? "" : Shown(population.Tau, "s"),
                .. new[] { population.Threshold, population.Reset, population.Rest, population.Drive }
                    .Select(voltage => (object?)(population.IsSource ? "" : Shown(voltage, network.VoltageUnit))),
                population.IsSource ? "" : Shown(population.Refractory, "s"),
                summary.EventsPerSecondAndHz(population),
            ]));
        if (summary.Projections.Count > 0)
        {
            Write("projections", ["projection", "from", "to", "rule", "synapses", "weight", "delay"], summary.Projections.Select(projection => (IReadOnlyList<object?>)
            [
                projection.Projection.Name, Shown(projection.Projection.From), Shown(projection.Projection.To), RuleOf(projection.Projection),
                (projection.IsExact ? "" : "about ") + Shown(projection.Synapses, ""),
                Shown(projection.Projection.Weight, network.VoltageUnit), Shown(projection.Projection.Delay, "s"),
            ]));
        }

        if (summary.Inputs.Count > 0)
        {
            Write("inputs", ["input", "to", "kind", "events per second", "weight"], summary.Inputs.Select(input => (IReadOnlyList<object?>)
                [input.Input.Name, Shown(input.Input.To), NameOf(input.Input.Kind), input.EventsPerSecond, Shown(input.Input.Weight, network.VoltageUnit)]));
        }

        Console.Out.WriteLine(Facts.Print(Totals(summary), json: false));
    }

    public static JsonObject Json(NetworkTemplate template, NetworkValues values, NetworkSummary summary)
    {
        var network = summary.Network;
        var facts = new JsonObject
        {
            ["file"] = template.FileName,
            ["voltage_unit"] = network.VoltageUnit,
            ["parameters"] = new JsonObject(template.Parameters.Select(parameter => KeyValuePair.Create(
                parameter.Name,
                (JsonNode?)new JsonObject
                {
                    ["value"] = values.Find(parameter.Name) is { Word: { } word } ? word : values.Find(parameter.Name)!.Value.Value.Real,
                    ["unit"] = parameter.Unit,
                }))),
            ["populations"] = new JsonArray([.. network.Populations.Select(population => PopulationOf(population, summary))]),
            ["projections"] = new JsonArray([.. summary.Projections.Select(ProjectionOf)]),
            ["inputs"] = new JsonArray([.. summary.Inputs.Select(InputOf)]),
        };
        foreach (var (name, total) in Totals(summary).ToList())
        {
            facts[name] = total?.DeepClone();
        }

        return facts;
    }

    private static JsonObject Totals(NetworkSummary summary) => new()
    {
        ["neurons"] = summary.Network.Neurons,
        ["synapses"] = summary.Synapses,
        ["synapse_bytes"] = summary.Bytes,
        ["external_events_per_s"] = summary.ExternalEventsPerSecond,
        ["recurrent_events_per_s_and_hz"] = summary.Network.Populations.Sum(summary.EventsPerSecondAndHz),
    };

    private static JsonObject PopulationOf(Population population, NetworkSummary summary)
    {
        var facts = new JsonObject { ["name"] = population.Name, ["model"] = NameOf(population.Model), ["n"] = population.Size };
        if (!population.IsSource)
        {
            facts["tau_s"] = ValueOf(population.Tau);
            facts["threshold"] = ValueOf(population.Threshold);
            facts["reset"] = ValueOf(population.Reset);
            facts["rest"] = ValueOf(population.Rest);
            facts["drive"] = ValueOf(population.Drive);
            facts["refractory_s"] = ValueOf(population.Refractory);
            if (population.Model == PopulationModel.Eif)
            {
                facts["delta_v"] = population.DeltaV;
                facts["onset"] = population.Onset;
            }

            facts["events_per_s_and_hz"] = summary.EventsPerSecondAndHz(population);
        }

        return facts;
    }

    private static JsonObject ProjectionOf(ProjectionSummary projection) => new JsonObject
    {
        ["name"] = projection.Projection.Name,
        ["from"] = Shown(projection.Projection.From),
        ["to"] = Shown(projection.Projection.To),
        ["rule"] = RuleOf(projection.Projection),
        ["synapses"] = projection.Synapses,
        ["synapses_are_exact"] = projection.IsExact,
        ["weight"] = ValueOf(projection.Projection.Weight),
        ["delay_s"] = ValueOf(projection.Projection.Delay),
    };

    private static JsonObject InputOf(InputSummary input) => new JsonObject
    {
        ["name"] = input.Input.Name,
        ["to"] = Shown(input.Input.To),
        ["kind"] = NameOf(input.Input.Kind),
        ["events_per_s"] = input.EventsPerSecond,
        ["weight"] = ValueOf(input.Input.Weight),
    };

    private static void Write(string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        Console.Out.WriteLine(title);
        GridWriter.Write(new Grid([.. columns.Select(column => new GridColumn(column, column is "n" or "synapses" or "events per Hz" or "events per second"))], rows), TableFormat.Terminal);
        Console.Out.WriteLine();
    }

    private static string RuleOf(Projection projection)
    {
        var amount = Shown(projection.Amount, "");
        return projection.Rule switch
        {
            ConnectionRule.InDegree => $"in_degree: {amount}",
            ConnectionRule.OutDegree => $"out_degree: {amount}",
            ConnectionRule.Probability => $"probability: {amount}",
            ConnectionRule.Synapses => $"synapses: {amount}",
            ConnectionRule.OneToOne => "one_to_one",
            ConnectionRule.AllToAll => "all_to_all",
            _ => "file",
        };
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Shown(Selection part) =>
        part.Fraction is { } fraction ? $"{part.Population}[fraction: {Shown(fraction, "")}]"
        : part.Neurons is { } neurons ? $"{part.Population}[{Counted.Of(neurons.Count, "neuron")}]"
        : part.Population;

    private static string Shown(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:G6} {unit}").TrimEnd();

    private static string Shown(Quantity quantity, string unit) => quantity.Kind switch
    {
        QuantityKind.Constant => double.IsFinite(quantity.First) ? Shown(quantity.First, unit) : quantity.First > 0 ? "∞" : "-∞",
        QuantityKind.Listed => "from the file",
        QuantityKind.Uniform => $"{Shown(quantity.First, "")} to {Shown(quantity.Second, unit)}",
        _ => $"{NameOf(quantity.Kind)} {Shown(quantity.First, "")} ± {Shown(quantity.Second, unit)}",
    };

    private static JsonNode? ValueOf(Quantity quantity)
    {
        if (quantity.IsConstant)
        {
            return Cell.Json(quantity.First);
        }

        var facts = new JsonObject { ["kind"] = NameOf(quantity.Kind) };
        if (quantity.Kind != QuantityKind.Listed)
        {
            (facts["first"], facts["second"]) = (quantity.First, quantity.Second);
            (facts["min"], facts["max"]) = (Cell.Json(quantity.Min), Cell.Json(quantity.Max));
        }

        return facts;
    }
}
