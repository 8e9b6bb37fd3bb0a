using MessagePack;
using SparseProp.Engine;

namespace SparseProp.Results.Records;

/// <summary>Writes what a record says of training: two maps by name, <c>training</c> of parameters and <c>learning</c> of results.</summary>
internal static class TrainingWriting
{
    public static int FieldCount(PointRecord record) =>
        (record.Parameters.Training is null ? 0 : 1) + (record.Result?.Training is null ? 0 : 1);

    public static void Write(ref MessagePackWriter writer, PointRecord record)
    {
        if (record.Parameters.Training is not null)
        {
            writer.Write((int)RecordField.Training);
            writer.WriteMapHeader(TrainingParameter.All.Count);
            foreach (var parameter in TrainingParameter.All)
            {
                writer.Write(parameter.Name);
                writer.Write(parameter, parameter.Get(record.Parameters));
            }
        }

        if (record.Result?.Training is { } learning)
        {
            writer.Write((int)RecordField.Learning);
            Write(ref writer, learning);
        }
    }

    private static void Write(ref MessagePackWriter writer, TrainingResult learning)
    {
        var numbers = TrainingNames.Numbers.Where(number => number.Get(learning) is not null).ToList();
        writer.WriteMapHeader(numbers.Count + TrainingNames.Curves.Count);
        foreach (var (name, get) in numbers)
        {
            writer.Write(name);
            writer.Write(get(learning)!.Value);
        }

        foreach (var (name, get) in TrainingNames.Curves)
        {
            var values = get(learning.Curve);
            writer.Write(name);
            writer.WriteArrayHeader(values.Count);
            foreach (var value in values)
            {
                writer.Write(value);
            }
        }
    }
}
