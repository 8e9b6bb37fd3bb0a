using System.Globalization;
using SparseProp.Engine;

namespace SparseProp.Cluster.Protocol;

/// <summary>
/// <see cref="TrainingParameters"/> as a line of <c>name=value</c>, by the names of a sweep file; empty for none. Numbers are written
/// so that they are read as the same bits.
/// </summary>
internal static class TrainingText
{
    private const string Task = "training_task";
    private const string Trained = "train";
    private const string SeedData = "seed_data";

    public static string Of(TrainingParameters? training) => training is null
        ? ""
        : string.Join(
            ' ',
            [
                $"{Task}={EngineNames.Of(training.Task)}",
                $"{Trained}={EngineNames.Of(training.Trained)}",
                string.Create(CultureInfo.InvariantCulture, $"{SeedData}={training.SeedData}"),
                .. TrainingParameter.All.Select(parameter =>
                    string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={parameter.Get(training):R}")),
            ]);

    /// <summary>Reads a text that is not empty.</summary>
    /// <returns>Whether this build knows all that it names, and can read it.</returns>
    public static bool TryParse(string text, out TrainingParameters training)
    {
        training = new TrainingParameters();
        foreach (var pair in text.Split(' '))
        {
            if (pair.Split('=') is not [var name, var value] || With(training, name, value) is not { } next)
            {
                return false;
            }

            training = next;
        }

        return true;
    }

    private static TrainingParameters? With(TrainingParameters training, string name, string value) => name switch
    {
        Task => EngineNames.TryParse(value, out TrainingTask task) ? training with { Task = task } : null,
        Trained => EngineNames.TryParse(value, out TrainedParameters trained) ? training with { Trained = trained } : null,
        SeedData => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? training with { SeedData = seed }
            : null,
        _ => TrainingParameter.All.FirstOrDefault(parameter => parameter.Name == name) is { } known
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (!known.IsWhole || number == (int)number)
            ? known.Set(training, number)
            : null,
    };
}
