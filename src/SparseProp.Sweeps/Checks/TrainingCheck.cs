using SparseProp.Engine;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Checks;

/// <summary>What must hold for a sweep that trains, and what belongs to such a sweep only.</summary>
internal sealed class TrainingCheck(SpecDraft draft, ErrorList errors)
{
    /// <summary>Sections that say what is measured in a simulation.</summary>
    private static readonly string[] OfSimulations = ["record", "lyapunov"];

    public void Run()
    {
        if (!draft.IsTraining)
        {
            RefuseTraining();
            return;
        }

        foreach (var section in OfSimulations.Where(draft.Sections.ContainsKey))
        {
            errors.Add(draft.Sections[section], section, $"{section} is of simulations; training measures its losses. Remove it");
        }

        if (!draft.Given.ContainsKey(TrainingParameter.Task.Name))
        {
            errors.Add(
                draft.Sections["task"],
                "task",
                $"what is to be learnt is missing; write training_task: {EngineNames.TrainingTasks[0]} under `fixed`, "
                + $"or another of {string.Join(", ", EngineNames.TrainingTasks)}");
        }

        if (draft.Topology != Topology.Independent)
        {
            CheckSection("topology", point => point with { Topology = draft.Topology });
        }

        if (draft.Trained is { } trained && draft.Sections.TryGetValue("train", out _))
        {
            foreach (var task in Tasks())
            {
                CheckSection("train", point => point with { Training = point.Training! with { Task = task, Trained = trained } });
            }
        }
    }

    private void RefuseTraining()
    {
        foreach (var axis in draft.All.Where(axis => AxisParameters.OfTraining.Contains(axis.Parameter)))
        {
            errors.Add(axis.KeyAt, axis.Name, $"only training reads {axis.Name}; write task: train, or remove it");
        }

        if (draft.Sections.TryGetValue("train", out var at))
        {
            errors.Add(at, "train", "nothing is trained; write task: train, or remove it");
        }
    }

    private IEnumerable<TrainingTask> Tasks() => draft.Find(TrainingParameter.Task.Name) is { } axis
        ? Enumerable.Range(0, (int)axis.Count).Select(i => (TrainingTask)axis.Values[i].Whole)
        : [];

    private void CheckSection(string section, Func<SimulationParameters, SimulationParameters> change)
    {
        var harmless = new SimulationParameters { N = 100, K = 1, Stop = RunLength.Seconds(1), Record = StatisticKinds.Rate, Training = new() };
        foreach (var error in ParameterRules.Check(change(harmless)).Where(error => error.Parameter == section))
        {
            errors.Add(draft.Sections[section], section, error.Message);
        }
    }
}
