using System.Buffers;
using MessagePack;
using SparseProp.Engine;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Root;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>What a later release of the program has written stays, whatever this one does with the store.</summary>
public sealed class LaterReleaseTests : IDisposable
{
    private const int LaterKey = 4711;

    private readonly TemporaryStore _store = new();
    private readonly TemporaryStore _joined = new();

    public void Dispose()
    {
        _store.Dispose();
        _joined.Dispose();
    }

    [Fact]
    public void CompactingKeepsFieldsOfRecords()
    {
        var records = LaterRecords();
        Write(records, twice: true);

        Compact();

        Assert.Equal(records.Select(Convert.ToHexString).Order(), Contents(_store).Select(Convert.ToHexString).Order());
        Assert.Equal("colour", HeaderName(_store.Results(1001)));
    }

    [Fact]
    public void JoiningKeepsFieldsOfRecords()
    {
        var records = LaterRecords();
        Write(records);

        StoreMerge.Into(_joined.Folder, [_store.Folder], TemporaryStore.Identity.Provenance);

        Assert.Equal(records.Select(Convert.ToHexString), Contents(_joined).Select(Convert.ToHexString));
        Assert.Equal("colour", HeaderName(_joined.Results(1)));
    }

    [Fact]
    public void ARecordThatOnlyALaterReleaseCanReadIsKept()
    {
        var unknown = WithModel(PointRecordFormat.Serialize(Sample.Ok(1)), "izhikevich");
        Write([unknown]);
        Assert.Empty(_store.ReadAround(out var damage));
        Assert.Contains("later release", Assert.Single(damage).Message, StringComparison.Ordinal);

        Compact();
        StoreMerge.Into(_joined.Folder, [_store.Folder], TemporaryStore.Identity.Provenance);

        Assert.Equal(Convert.ToHexString(unknown), Convert.ToHexString(Assert.Single(Contents(_store))));
        Assert.Equal(Convert.ToHexString(unknown), Convert.ToHexString(Assert.Single(Contents(_joined))));
    }

    [Fact]
    public void ASecondResultOfALaterReleaseIsKeptAsDivergent()
    {
        Write([With(Sample.Ok(1), LaterKey), With(Sample.Ok(1, digest: 9), LaterKey)]);

        StoreMerge.Into(_joined.Folder, [_store.Folder], TemporaryStore.Identity.Provenance);

        Assert.Equal(PointStatus.Divergent, Assert.Single(StoreReader.ReadDivergent(_joined.Folder)).Status);
        Assert.All(Contents(_joined), content => Assert.True(Has(content, LaterKey)));
    }

    [Fact]
    public void ARecordKeepsThemOnItsWayThroughTheCluster()
    {
        var content = With(Sample.Ok(1), LaterKey);

        Assert.Equal(Convert.ToHexString(content), Convert.ToHexString(PointRecordFormat.Serialize(PointRecordFormat.Deserialize(content))));
        Assert.True(PointRecord.SameOutcome(Sample.Ok(1), PointRecordFormat.Deserialize(content)));
    }

    [Fact]
    public void OpeningKeepsFieldsOfTheManifestAndOfItsRuns()
    {
        _store.With(Sample.Ok(1));
        var file = File.ReadAllBytes(_store.Manifest);
        Assert.True(Frame.TryRead(file, out _));
        File.WriteAllBytes(_store.Manifest, Framed(WithNames(file.AsMemory(Frame.HeadBytes))));

        _store.Open().Dispose();
        _store.Open().Dispose();

        var reader = new MessagePackReader(File.ReadAllBytes(_store.Manifest).AsMemory(Frame.HeadBytes));
        var fields = NamedFields.Read(ref reader);
        Assert.Equal("blue", fields.Text("colour"));
        var runs = fields.Maps("runs");
        Assert.Equal(3, runs.Count);
        Assert.Equal("blue", runs[0].Text("colour"));
        Assert.DoesNotContain("colour", runs[1].AllNames);
    }

    [Fact]
    public void SettingsOfASweepKeepThem()
    {
        var settings = new SweepSettings
        {
            State = SweepState.Running,
            Priority = 1,
            RetryFailed = false,
            SubmittedUtc = DateTimeOffset.UnixEpoch,
        };
        SweepSettingsFile.Replace(_store.Folder, settings);
        var path = Path.Combine(_store.Folder, SweepSettingsFile.Name);
        File.WriteAllBytes(path, Framed(WithNames(File.ReadAllBytes(path).AsMemory(Frame.HeadBytes))));

        SweepSettingsFile.Replace(_store.Folder, settings with { Priority = 2 });

        var reader = new MessagePackReader(File.ReadAllBytes(path).AsMemory(Frame.HeadBytes));
        var fields = NamedFields.Read(ref reader);
        Assert.Equal(("blue", 2), (fields.Text("colour"), (int)fields.Number("priority")));
        Assert.Equal(2, SweepSettingsFile.Read(_store.Folder)!.Priority);
    }

    private void Compact()
    {
        using var store = _store.Open();
        store.Compact();
    }

    private static List<byte[]> LaterRecords() => [With(Sample.Ok(1), LaterKey), With(Sample.Failed(2), LaterKey), With(Sample.Ok(3), LaterKey, LaterKey + 1)];

    private void Write(List<byte[]> contents, bool twice = false)
    {
        using (var store = _store.Open())
        {
            foreach (var content in twice ? contents.Concat(contents) : contents)
            {
                Assert.True(RecordSummary.TryRead(content, out var summary));
                store.Append(summary, content);
            }
        }

        NameLaterField(_store.Results(1));
    }

    private static List<byte[]> Contents(TemporaryStore store) => [.. StoreReader.Walk(store.Folder, onDamage: null).Select(found => found.Reader.Content.ToArray())];

    private static byte[] With(PointRecord record, params int[] keys)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        var reader = new MessagePackReader(PointRecordFormat.Serialize(record));
        var pairs = reader.ReadMapHeader();
        writer.WriteMapHeader(pairs + keys.Length);
        for (; pairs > 0; pairs--)
        {
            writer.Write(reader.ReadInt64());
            writer.WriteRaw(reader.ReadRaw());
        }

        foreach (var key in keys)
        {
            writer.Write(key);
            writer.WriteArrayHeader(2);
            writer.Write("blue");
            writer.WriteMapHeader(1);
            writer.Write(1);
            writer.Write(0.25);
        }

        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] WithModel(byte[] content, string model)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        var reader = new MessagePackReader(content);
        var pairs = reader.ReadMapHeader();
        writer.WriteMapHeader(pairs);
        for (; pairs > 0; pairs--)
        {
            var key = reader.ReadInt64();
            var value = reader.ReadRaw();
            writer.Write(key);
            if (key == SimulationParameter.Model.Field)
            {
                writer.Write(model);
            }
            else
            {
                writer.WriteRaw(value);
            }
        }

        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static bool Has(byte[] content, int key) => PointRecordFormat.Deserialize(content).LaterFields.Any(field => field.Key == key);

    /// <summary>Adds the field colour, and one in each of the maps of the field runs.</summary>
    private static ReadOnlyMemory<byte> WithNames(ReadOnlyMemory<byte> map)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        var reader = new MessagePackReader(map);
        var pairs = reader.ReadMapHeader();
        writer.WriteMapHeader(pairs + 1);
        for (; pairs > 0; pairs--)
        {
            var name = reader.ReadString()!;
            writer.Write(name);
            if (name != "runs")
            {
                writer.WriteRaw(reader.ReadRaw());
                continue;
            }

            var runs = reader.ReadArrayHeader();
            writer.WriteArrayHeader(runs);
            for (; runs > 0; runs--)
            {
                writer.Flush();
                writer.WriteRaw(WithNames(reader.ReadRaw().ToArray()).Span);
            }
        }

        writer.Write("colour");
        writer.Write("blue");
        writer.Flush();
        return bytes.WrittenMemory;
    }

    private static byte[] Framed(ReadOnlyMemory<byte> content)
    {
        var file = new ArrayBufferWriter<byte>();
        Frame.Write(file, content.Span);
        return file.WrittenSpan.ToArray();
    }

    /// <summary>Gives the header of a results file a name for the later key.</summary>
    private static void NameLaterField(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.True(Frame.TryRead(bytes, out var length));
        var header = ResultsHeader.Serialize(1, [KeyValuePair.Create((long)LaterKey, "colour")]);
        File.WriteAllBytes(path, [.. Framed(header), .. bytes[(Frame.HeadBytes + length)..]]);
    }

    private static string HeaderName(string path) =>
        Assert.Single(ResultsHeader.LaterFields(Segment.Of(Path.GetDirectoryName(path)!).Single(segment => segment.File.Path == path))).Value;
}
