using MessagePack;
using SparseProp.Engine.Parameters;

namespace SparseProp.Results.Records;

/// <summary>Values of parameters as MessagePack: numbers, and words by name.</summary>
internal static class ParameterPacking
{
    public static void Write(this ref MessagePackWriter writer, Parameter parameter, ParameterValue value)
    {
        if (parameter.IsText)
        {
            writer.Write(parameter.TextOf(value));
        }
        else if (parameter.IsInteger)
        {
            writer.Write(value.Whole);
        }
        else
        {
            writer.Write(value.Real);
        }
    }

    /// <exception cref="MessagePackSerializationException">It is no value of the parameter.</exception>
    public static ParameterValue Read(this ref MessagePackReader reader, Parameter parameter)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Count:
                return ParameterValue.Of((long)reader.ReadInt32());
            case ParameterKind.Whole:
                return ParameterValue.Of(reader.ReadInt64());
            case ParameterKind.Real:
                return ParameterValue.Of(reader.ReadDouble());
            case ParameterKind.Word:
                return ParameterValue.Of((long)reader.ReadName(parameter.Vocabulary));
            default:
                var text = reader.ReadText(PointRecordFormat.MaxBytes);
                return parameter.TryParse(text, out var value)
                    ? value
                    : throw new MessagePackSerializationException($"'{text}' is no list of {string.Join(", ", parameter.Vocabulary)}");
        }
    }
}
