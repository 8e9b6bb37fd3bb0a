using MessagePack;
using SparseProp.Results.Spikes;

namespace SparseProp.Results.Tests.Spikes;

public sealed class SpikeFileTests : IDisposable
{
    // Enough for the buffer to be drained several times; times that need all their digits.
    private static readonly (int Neuron, double Seconds)[] Train =
        [.. Enumerable.Range(0, 10_000).Select(i => (i * 200_000, 1e-6 + (i / 3.0)))];

    private readonly string _folder = Directory.CreateTempSubdirectory("spikes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CsvCountsNeuronsFromOneAndKeepsEveryDigit()
    {
        var lines = File.ReadAllLines(Write("spikes.csv"));

        Assert.Equal("neuron,time_s", lines[0]);
        Assert.Equal(
            Train.Select(spike => string.Create(null, $"{spike.Neuron + 1L},{spike.Seconds:R}")),
            lines[1..]);
    }

    [Fact]
    public void MessagePackIsAStreamOfPairs()
    {
        var reader = new MessagePackReader(File.ReadAllBytes(Write("spikes.msgpack")));

        foreach (var (neuron, seconds) in Train)
        {
            Assert.Equal(2, reader.ReadArrayHeader());
            Assert.Equal(neuron + 1L, reader.ReadInt64());
            Assert.Equal(seconds, reader.ReadDouble());
        }

        Assert.True(reader.End);
    }

    [Fact]
    public void WhatIsNotCompletedLeavesAnEarlierFileAlone()
    {
        var path = Write("spikes.csv");
        var before = File.ReadAllText(path);
        using (var file = SpikeFile.Create(path))
        {
            file.Add(0, 1);
        }

        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void AnEndingThatIsNoFormatIsRefused() => Assert.Throws<ArgumentException>(() => SpikeFile.Create("spikes.txt"));

    private string Write(string name)
    {
        var path = Path.Combine(_folder, name);
        using var file = SpikeFile.Create(path);
        foreach (var (neuron, seconds) in Train)
        {
            file.Add(neuron, seconds);
        }

        file.Complete();
        return path;
    }
}
