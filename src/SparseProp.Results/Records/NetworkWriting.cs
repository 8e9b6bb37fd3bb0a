using MessagePack;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>
/// Writes what a record says of a network of populations: <c>network</c>, a map of the values that its file declares by name, numbers or texts;
/// <c>populations</c>, an array of arrays of name, neurons, spikes, rate_hz, cv_isi (nil where it is not known) and cv_neurons; and
/// <c>external_events</c>.
/// </summary>
internal static class NetworkWriting
{
    public const int FieldsOfPopulation = 6;

    public static int FieldCount(PointRecord record) =>
        !record.Parameters.IsOfPopulations ? 0 : record.Result is null ? 1 : 3;

    public static void Write(ref MessagePackWriter writer, PointRecord record)
    {
        if (record.Parameters.NetworkValues is not { } values)
        {
            return;
        }

        writer.Write((int)RecordField.Network);
        writer.WriteMapHeader(values.All.Count);
        foreach (var (name, value, word) in values.All)
        {
            writer.Write(name);
            if (word is null)
            {
                writer.Write(value.Real);
            }
            else
            {
                writer.Write(word);
            }
        }

        if (record.Result is { } result)
        {
            writer.Write((int)RecordField.Populations);
            writer.WriteArrayHeader(result.Populations.Count);
            foreach (var population in result.Populations)
            {
                Write(ref writer, population);
            }

            writer.Write((int)RecordField.ExternalEvents);
            writer.Write(result.ExternalEvents);
        }
    }

    private static void Write(ref MessagePackWriter writer, PopulationStatistics population)
    {
        writer.WriteArrayHeader(FieldsOfPopulation);
        writer.Write(population.Name);
        writer.Write(population.Neurons);
        writer.Write(population.Spikes);
        writer.Write(population.RateHz);
        if (population.CvIsi is { } cv)
        {
            writer.Write(cv);
        }
        else
        {
            writer.WriteNil();
        }

        writer.Write(population.CvNeurons);
    }
}
