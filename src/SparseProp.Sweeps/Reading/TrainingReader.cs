using SparseProp.Engine;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>task</c>, whether points are simulated or trained, and <c>train</c>, the parameters that are trained.</summary>
internal sealed class TrainingReader(ErrorList errors)
{
    private static readonly string[] Tasks = ["simulate", "train"];

    /// <summary>Whether points are trained; false after noting what is wrong with it.</summary>
    public bool ReadTask(MapEntry entry)
    {
        if (entry.Value is ScalarNode scalar && Tasks.Contains(scalar.Text))
        {
            return scalar.Text == "train";
        }

        var written = entry.Value as ScalarNode;
        var advice = written is not null && EngineNames.TryParse(written.Text, out TrainingTask _)
            ? $"; write task: train, and training_task: {written.Text} under `fixed`"
            : $"{NearestName.Hint(written?.Text ?? "", Tasks)}; write {string.Join(" or ", Tasks)}";
        errors.Add(entry.Value.At, entry.Key, $"{entry.Value.Description} is not possible{advice}");
        return false;
    }

    /// <summary>What is trained; null after noting what is wrong with it.</summary>
    public TrainedParameters? ReadTrained(MapEntry entry)
    {
        if (entry.Value is not ListNode { Items.Count: > 0 } list)
        {
            var found = entry.Value is ListNode ? "an empty list" : entry.Value.Description;
            errors.Add(entry.Value.At, entry.Key, $"expected a list of what is trained but found {found}; write {entry.Key}: [weights, inputs]");
            return null;
        }

        var trained = TrainedParameters.None;
        var isReadable = true;
        foreach (var item in list.Items)
        {
            if (item is ScalarNode scalar && EngineNames.TryParse(scalar.Text, out TrainedParameters some) && EngineNames.Trainables.Contains(scalar.Text))
            {
                trained |= some;
                continue;
            }

            var hint = item is ScalarNode written ? NearestName.Hint(written.Text, EngineNames.Trainables) : "";
            errors.Add(
                item.At, entry.Key, $"{item.Description} cannot be trained{hint}; write some of {string.Join(", ", EngineNames.Trainables)}");
            isReadable = false;
        }

        return isReadable ? trained : null;
    }
}
