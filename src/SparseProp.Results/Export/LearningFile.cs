using System.Globalization;
using System.Text;
using SparseProp.Engine;
using SparseProp.Engine.Adjoint;

namespace SparseProp.Results.Export;

/// <summary>What training has come to, as CSV files with round-trippable numbers.</summary>
public static class LearningFile
{
    /// <summary>The learning curve, a line for each row of it; a column of accuracy only where the task has one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void WriteCurve(string path, LearningCurve curve)
    {
        var columns = new List<(string Name, Series Values)>
        {
            ("iteration", curve.Iterations),
            ("training_loss", curve.Loss),
            ("loss", curve.ValidationLoss),
            ("gradient_norm", curve.GradientNorm),
            ("discontinuities", curve.Discontinuities),
        };
        if (curve.Accuracy.Count > 0)
        {
            columns.Add(("accuracy", curve.Accuracy));
        }

        var text = new StringBuilder().AppendJoin(',', columns.Select(column => column.Name)).Append('\n');
        for (var row = 0; row < curve.Iterations.Count; row++)
        {
            text.AppendJoin(',', columns.Select(column => Text(column.Values[row]))).Append('\n');
        }

        Write(path, text);
    }

    /// <summary>
    /// Every synapse before and after training: whether its source is a neuron or an input, source and target from 1, and its weight,
    /// the jump of V that it makes.
    /// </summary>
    /// <inheritdoc cref="WriteCurve" path="/exception"/>
    public static void WriteWeights(string path, TrainableNetwork trained, TrainableNetwork untrained)
    {
        var text = new StringBuilder("from,source,target,untrained_weight,weight\n");
        Add(text, "neuron", trained.Recurrent, untrained.Recurrent);
        Add(text, "input", trained.Input, untrained.Input);
        Write(path, text);
    }

    private static void Add(StringBuilder text, string from, Synapses trained, Synapses untrained)
    {
        for (var source = 0; source + 1 < trained.RowStart.Length; source++)
        {
            for (var i = trained.RowStart[source]; i < trained.RowStart[source + 1]; i++)
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{from},{source + 1},{trained.Targets[i] + 1},{Text(untrained.Weights[i])},{Text(trained.Weights[i])}");
            }
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void Write(string path, StringBuilder text)
    {
        using var file = new UnfinishedFile(path);
        File.WriteAllText(file.UnfinishedPath, text.ToString());
        file.Complete(replace: true);
    }
}
