using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Checks;

/// <summary>Refuses parameters that would change nothing: points that differ only in them are the same point.</summary>
internal sealed class ModelCheck(SpecDraft draft, ErrorList errors)
{
    public void Run()
    {
        var models = draft.Models();
        if (models.Count == 0)
        {
            return;
        }

        foreach (var axis in draft.All)
        {
            Check(axis, isSwept: !draft.Fixed.Contains(axis), models);
        }
    }

    private void Check(SweepAxis axis, bool isSwept, IReadOnlyList<NeuronModel> models)
    {
        var deaf = models.Where(model => !axis.Parameter.IsReadBy(model)).Select(EngineNames.Of).ToList();
        if (deaf.Count == models.Count)
        {
            errors.Add(axis.KeyAt, axis.Name, $"no model of this sweep reads {axis.Name}; remove it. {ReadersOf(axis.Parameter)}");
        }
        else if (deaf.Count > 0 && isSwept)
        {
            errors.Add(
                axis.KeyAt,
                axis.Name,
                $"{string.Join(" and ", deaf)} {(deaf.Count == 1 ? "does" : "do")} not read {axis.Name}, so {(deaf.Count == 1 ? "its" : "their")} points would be the same; "
                + $"fix {axis.Name} or sweep the models apart");
        }
    }

    private static string ReadersOf(Parameter parameter)
    {
        var readers = Enum.GetValues<NeuronModel>().Where(parameter.IsReadBy).Select(EngineNames.Of);
        return $"It is read by {string.Join(", ", readers)}";
    }
}
