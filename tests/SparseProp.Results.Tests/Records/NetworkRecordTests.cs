using CsCheck;
using MessagePack;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Records;

/// <summary>Records of networks of populations, whose columns nobody knows at compile time.</summary>
public sealed class NetworkRecordTests
{
    private static readonly Gen<string> Names = Gen.String[Gen.Char.AlphaNumeric, 1, 12];

    private static readonly Gen<NetworkValue> Values =
        from name in Names
        from number in Gen.Double
        from word in Gen.Null(Gen.String.AlphaNumeric)
        select new NetworkValue(name, word is null ? ParameterValue.Of(number) : default, word);

    private static readonly Gen<PopulationStatistics> Populations =
        from name in Names
        from counts in Gen.Select(Gen.Int[1, 1000], Gen.Long[0, 1L << 40], Gen.Int[0, 1000])
        from numbers in Gen.Select(Gen.Double, Gen.Nullable(Gen.Double))
        select new PopulationStatistics(name, counts.Item1, counts.Item2, numbers.Item1, numbers.Item2, counts.Item3);

    private static readonly Gen<PointRecord> Records =
        from values in Values.Array[0, 8]
        from populations in Populations.Array[0, 4]
        from events in Gen.Long[0, long.MaxValue]
        from seed in Gen.Long
        from isOk in Gen.Bool
        select Record(NetworkValues.Of(values.DistinctBy(value => value.Name)), populations, events, seed, isOk);

    [Fact]
    public void ARecordIsReadAsItWasWritten() =>
        Records.Sample(record => Assert.Equal(record, PointRecordFormat.Deserialize(PointRecordFormat.Serialize(record))));

    [Fact]
    public void KeysOfARecordAscend() => Records.Sample(record =>
    {
        var reader = new MessagePackReader(PointRecordFormat.Serialize(record));
        var last = -1L;
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            var key = reader.ReadInt64();
            Assert.True(key > last, $"{key} follows {last}");
            last = key;
            reader.Skip();
        }

        Assert.True(reader.End);
    });

    [Fact]
    public void EveryColumnHasANameOfItsOwnAndAValueOfItsKind() => Records.Sample(record =>
    {
        var columns = RecordColumns.In(record with { Result = record.Result is { } result ? result with { Populations = new(result.Populations.DistinctBy(p => p.Name)) } : null });
        Assert.Distinct(columns.All.Select(column => column.Name));
        Assert.All(columns.All, column => Assert.True(column.Value(record) switch
        {
            null => true,
            string => column.Kind == ColumnKind.Text,
            long => column.Kind == ColumnKind.Whole,
            double => column.Kind == ColumnKind.Number,
            bool => column.Kind == ColumnKind.Truth,
            _ => column.Kind == ColumnKind.List,
        }));
    });

    [Fact]
    public void DeclaredParametersGroupAndPopulationsAreAveraged()
    {
        PointRecord[] records =
        [
            Of(g: 5, choice: "E[0..9]", seed: 1, rate: 30), Of(g: 5, choice: "E[0..9]", seed: 2, rate: 32),
            Of(g: 4, choice: "E[0..9]", seed: 1, rate: 10), Of(g: 4, choice: "E[10..19]", seed: 1, rate: 20),
        ];
        var columns = RecordColumns.In(records[0]);

        var table = StoreTable.Of(null, columns.Values(["E.rate"]), () => records, columns).Table;

        Assert.Equal(["g", "chosen"], table.Columns);
        Assert.Equal(["4", "E[0..9]"], table.Rows[0].Group);
        Assert.Equal(["4", "E[10..19]"], table.Rows[1].Group);
        Assert.Equal(["5", "E[0..9]"], table.Rows[2].Group);
        Assert.Equal(31, table.Rows[2].Values[0].Mean);
        Assert.Equal("E.rate_hz", table.Values[0].Name);
    }

    [Fact]
    public void AStoreKnowsTheUnitsOfItsColumnsAndThoseOfEarlierFiles()
    {
        using var files = new TemporaryStore();
        using (var store = ResultStore.Open(files.Folder, TemporaryStore.Identity with { Network = new([Parameter.OfNetwork("J", "mV", isChoice: false)], ["E"]) }))
        {
            store.Append(Of(g: 5, choice: "E[0..9]", seed: 1, rate: 30));
        }

        using (ResultStore.Open(files.Folder, TemporaryStore.Identity with { Network = new([Parameter.OfNetwork("g", "", isChoice: false)], ["E", "I"]) }))
        {
        }

        var columns = StoreReader.ReadColumns(files.Folder);

        Assert.Equal(["g", "J"], columns.Network!.Parameters.Select(parameter => parameter.Name));
        Assert.Equal("mV", columns.Find("J")!.Unit);
        Assert.Equal(["E", "I"], columns.Network.Populations);

        File.Delete(files.Manifest);
        Assert.Equal(["g", "chosen"], StoreReader.ReadColumns(files.Folder).Network!.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void APopulationThatTheNetworkLacksIsNoValue()
    {
        var columns = RecordColumns.In(Of(5, "E[0..9]", 1, 30));

        Assert.Contains("E.rate_hz", Assert.Throws<ArgumentException>(() => columns.Values(["F.rate_hz"])).Message, StringComparison.Ordinal);
        Assert.Null(columns.Find("k"));
        Assert.Null(RecordColumns.Published.Find("seed_input"));
    }

    private static PointRecord Of(double g, string choice, long seed, double rate) => Record(
        NetworkValues.Of([new("g", ParameterValue.Of(g)), new("chosen", default, choice)]),
        [new PopulationStatistics("E", 100, 4000, rate, 0.5, 100)],
        events: 7,
        seed,
        isOk: true);

    private static PointRecord Record(NetworkValues values, IReadOnlyList<PopulationStatistics> populations, long events, long seed, bool isOk)
    {
        var point = Sample.Ok(2);
        return point with
        {
            Status = isOk ? PointStatus.Ok : PointStatus.Failed,
            Parameters = SimulationParameters.Defaults with { N = 100, SeedInput = seed, NetworkValues = values, Stop = RunLength.Seconds(1) },
            Result = isOk ? point.Result! with { Populations = new(populations), ExternalEvents = events } : null,
            Failure = isOk ? null : new PointFailure { Kind = "memory", Message = "too little", Attempts = 1 },
        };
    }
}
