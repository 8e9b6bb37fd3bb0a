using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsCheck;
using SparseProp.Client;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>Every document is read as it is written, whatever of it is absent.</summary>
public sealed class DocumentTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<Type> Documents =>
        [.. typeof(ApiJson).GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
            .Where(type => type != typeof(JsonObject))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void ADocumentIsReadAsItIsWrittenWhateverIsAbsent(Type document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.OneOf(0.0, 0.5, 1.0)).Sample(
            (seed, absent) =>
            {
                var written = Write(new Filler(new Random(seed), absent).Fill(document), document);

                Assert.Equal(written, Write(Read(written, document), document));
            },
            iter: 100,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void WhatIsAbsentMayAsWellBeNull(Type document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var written = Write(new Filler(new Random(1), absent: 1).Fill(document), document);
        var json = JsonNode.Parse(written)!.AsObject();
        foreach (var optional in ApiJson.Default.GetTypeInfo(document)!.Properties.Where(property => property.IsGetNullable))
        {
            json.TryAdd(optional.Name, null);
        }

        Assert.Equal(written, Write(Read(json.ToJsonString(), document), document));
    }

    private static string Write(object value, Type type) => JsonSerializer.Serialize(value, type, ApiJson.Default);

    private static object Read(string json, Type type) => JsonSerializer.Deserialize(json, type, ApiJson.Default)!;

    /// <summary>Makes documents with whatever they can hold.</summary>
    private sealed class Filler(Random random, double absent)
    {
        public object Fill(Type type)
        {
            if (Nullable.GetUnderlyingType(type) is { } underlying)
            {
                return Fill(underlying);
            }

            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            {
                var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments))!;
                for (var count = random.Next(3); count > 0; count--)
                {
                    list.Add(Fill(type.GenericTypeArguments[0]));
                }

                return list;
            }

            return type switch
            {
                _ when type == typeof(string) => "text \u00e9 \"" + random.Next(),
                _ when type == typeof(bool) => random.Next(2) == 0,
                _ when type == typeof(int) => random.Next(int.MinValue, int.MaxValue),
                _ when type == typeof(long) => random.NextInt64(long.MinValue, long.MaxValue),
                _ when type == typeof(double) => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)),
                _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1L << 55)),
                _ when type == typeof(JsonObject) => new JsonObject { ["rate"] = random.NextDouble(), ["rate_sem"] = null },
                _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["Sweep"] = "s" },
                _ when type.IsEnum => random.GetItems((object[])[.. Enum.GetValues(type)], 1)[0],
                _ => Compose(type),
            };
        }

        private object Compose(Type type)
        {
            var constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length)!;
            var document = constructor.Invoke([.. constructor.GetParameters().Select(
                parameter => FillOrNot(parameter.ParameterType, Nullability.Create(parameter)))]);
            var parameters = constructor.GetParameters().Select(parameter => parameter.Name).ToHashSet();
            foreach (var property in type.GetProperties().Where(
                property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null && !parameters.Contains(property.Name)))
            {
                property.SetValue(document, FillOrNot(property.PropertyType, Nullability.Create(property)));
            }

            return document;
        }

        private object? FillOrNot(Type type, NullabilityInfo nullability) =>
            nullability.ReadState == NullabilityState.Nullable && random.NextDouble() < absent ? null : Fill(type);
    }
}
