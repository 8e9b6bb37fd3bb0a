using MessagePack;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>What a record says of a network of populations, while its map is read; see <see cref="NetworkWriting"/>.</summary>
internal sealed class NetworkReading
{
    public NetworkValues? Values { get; private set; }

    public PopulationList Populations { get; private set; } = PopulationList.Empty;

    public long ExternalEvents { get; private set; }

    /// <exception cref="MessagePackSerializationException">The next value is not that of the field.</exception>
    public void Read(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.Network:
                Values = ReadValues(ref reader);
                break;
            case RecordField.Populations:
                Populations = ReadPopulations(ref reader);
                break;
            default:
                ExternalEvents = reader.ReadInt64();
                break;
        }
    }

    private static NetworkValues ReadValues(ref MessagePackReader reader)
    {
        List<NetworkValue> values = [];
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            var name = reader.ReadText(PointRecordFormat.MaxBytes);
            if (values.Exists(known => known.Name == name))
            {
                throw new MessagePackSerializationException($"the network's {name} comes twice");
            }

            values.Add(reader.NextMessagePackType == MessagePackType.String
                ? new(name, default, reader.ReadText(PointRecordFormat.MaxBytes))
                : new(name, ParameterValue.Of(reader.ReadDouble())));
        }

        return NetworkValues.Of(values);
    }

    private static PopulationList ReadPopulations(ref MessagePackReader reader)
    {
        List<PopulationStatistics> populations = [];
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            var fields = reader.ReadArrayHeader();
            if (fields < NetworkWriting.FieldsOfPopulation)
            {
                throw new MessagePackSerializationException($"a population has {NetworkWriting.FieldsOfPopulation} fields, not {fields}");
            }

            populations.Add(new(
                reader.ReadText(PointRecordFormat.MaxBytes),
                reader.ReadInt32(),
                reader.ReadInt64(),
                reader.ReadDouble(),
                reader.TryReadNil() ? null : reader.ReadDouble(),
                reader.ReadInt32()));
            for (; fields > NetworkWriting.FieldsOfPopulation; fields--)
            {
                reader.Skip();
            }
        }

        return new PopulationList(populations);
    }
}
