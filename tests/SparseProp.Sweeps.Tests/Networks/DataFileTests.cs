using SparseProp.Engine.Networks.Description;
using static SparseProp.Sweeps.Tests.Networks.NetworkTexts;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>Files that a network names: synapses, names of neurons, spikes.</summary>
public sealed class DataFileTests
{
    private const string Listed = OnePopulation + "projections: [{ from: E, to: E, file: e.csv, weight: 1 mV }]";

    private const string Connectome =
        """
        populations:
          fly: { model: lif, ids: neurons.csv, tau: 20 ms, threshold: 7 mV, reset: 0 mV, refractory: 2.2 ms }
        projections:
          - from: fly
            to: fly
            file: edges.csv
            columns: { source: Presynaptic_ID, target: Postsynaptic_ID }
            weight: 0.275 mV * file["Excitatory x Connectivity"]
            delay: 1.8 ms
        silence: fly[ids: muted.csv]
        """;

    [Fact]
    public void AConnectomeIsRead()
    {
        var network = Describe(
            Connectome,
            ("neurons.csv", "﻿,Completed\r\n720575940596125868,True\r\n720575940597856265,True\r\n720575940597944841,False\r\n"),
            ("edges.csv", "Presynaptic_ID,Postsynaptic_ID,\"Excitatory x Connectivity\"\n720575940596125868,720575940597944841,-3\n720575940597856265,720575940596125868,5\n"),
            ("muted.csv", "id\n720575940597944841\n"));

        Assert.Equal(3, network.Neurons);
        var projection = Assert.Single(network.Projections);
        Assert.Equal(ConnectionRule.Listed, projection.Rule);
        Assert.Equal([0, 1], projection.Edges!.Sources);
        Assert.Equal([2, 0], projection.Edges.Targets);
        Assert.Equal([-3 * 0.275, 5 * 0.275], projection.Weight.Values!);
        Assert.Equal([2], Assert.Single(network.Silenced).Neurons!);
    }

    [Fact]
    public void TheSameSynapsesHaveTheSameContentWhateverTheLineEnds()
    {
        var unix = Describe(Listed, ("e.csv", "source,target\n0,1\n2,3\n")).Projections[0].Edges!;
        var windows = Describe(Listed, ("e.csv", "\uFEFFtarget,source\r\n1,0\r\n3,2")).Projections[0].Edges!;
        var other = Describe(Listed, ("e.csv", "source,target\n0,1\n2,4\n")).Projections[0].Edges!;

        Assert.Equal(unix.ContentHash, windows.ContentHash);
        Assert.NotEqual(unix.ContentHash, other.ContentHash);
    }

    [Theory]
    [InlineData("source,target\n0,1\n2,10\n", "file: e.csv:3: the target 10 is beyond E, whose neurons are 0 to 9; if they are counted from 1, write one_based: true")]
    [InlineData("source,target\n11,1\n2,10\n", "file: e.csv:2: the source 11 is beyond E, whose neurons are 0 to 9")]
    [InlineData("source,target\n0,1\n1,2\n0,1\n", "file: e.csv:4: the same synapse stands at e.csv:2; remove one, or write multapses: true")]
    [InlineData("source,target\n0,1\n1,1\n", "file: e.csv:3: a neuron connects to itself; remove the line, or write autapses: true")]
    [InlineData("source,target\n0,1\n-1,1\n", "file: e.csv:3:1: source: `-1` is no number of a neuron, counted from 0; if neurons have names, give the population `ids: FILE`")]
    [InlineData("source,target\n0,abc\n", "file: e.csv:2:3: target: `abc` is no number of a neuron, counted from 0; if neurons have names, give the population `ids: FILE`")]
    [InlineData("source,target\n0\n", "file: e.csv:2: the line has 1 fields but the header names 2")]
    [InlineData("source,target\n0,1,2\n", "file: e.csv:2: the line has 3 fields but the header names 2")]
    [InlineData("source,target\n\n0,1\n", "file: e.csv:3: the line before is blank; remove it")]
    [InlineData("source,target\n\"0,1\n", "file: e.csv:2:1: the quote \" is not closed in this line")]
    [InlineData("pre,post\n0,1\n", "file: e.csv:1: there is no column `source`; there are pre, post; say which it is by `columns: { source: … }`")]
    [InlineData("0,1\n0,1\n", "file: e.csv:1: there is no column `source`; there are 0, 1; say which it is by `columns: { source: … }`")]
    [InlineData("", "file: e.csv: the file is empty; its first line has to name its columns")]
    public void WrongSynapsesAreRefusedWithTheirLine(string content, string error) =>
        Assert.Contains($": projections.0.{error}", ErrorsOf(Listed, ("e.csv", content)), StringComparison.Ordinal);

    [Theory]
    [InlineData("nan", "file: e.csv:2:5: w: `nan` is not a finite number")]
    [InlineData("", "file: e.csv:2:5: w: a number is missing")]
    [InlineData("1e999", "file: e.csv:2:5: w: `1e999` is not a finite number")]
    [InlineData("one", "file: e.csv:2:5: w: `one` is not a finite number")]
    [InlineData("0", "weight: 1 mV/file[\"w\"], in e.csv:2: division by zero")]
    public void WrongWeightsAreRefusedWithTheirLine(string weight, string error) => Assert.Contains(
        $": projections.0.{error}",
        ErrorsOf(Listed.Replace("weight: 1 mV", "weight: 1 mV/file[\"w\"]", StringComparison.Ordinal), ("e.csv", $"source,target,w\n0,1,{weight}\n")),
        StringComparison.Ordinal);

    [Fact]
    public void AMissingColumnNamesThoseThatThereAre() => Assert.Equal(
        "n.yaml:3:39: projections.0.file: e.csv:1: there is no column `weigth` (did you mean `weight`?); there are source, target, weight",
        ErrorsOf(Listed.Replace("weight: 1 mV", "weight: 1 mV*file[\"weigth\"]", StringComparison.Ordinal), ("e.csv", "source,target,weight\n0,1,2\n")));

    [Theory]
    [InlineData("e.parquet", "e.parquet: parquet is not read; write it as csv, such as with duckdb -c \"copy 'e.parquet' to 'e.csv'\"")]
    [InlineData("e.npz", "e.npz: numpy files are not read; write a csv of source, target and weight")]
    [InlineData("e.h5", "e.h5: HDF5 and SONATA files are not read; write a csv of source, target and weight")]
    [InlineData("e.csv.gz", "e.csv.gz: compressed files are not read; unpack it")]
    [InlineData("e.xlsx", "e.xlsx: only .csv and .tsv files are read")]
    [InlineData("missing.csv", "missing.csv: it did not come with the network")]
    public void OtherFilesAreRefusedByName(string name, string error) =>
        Assert.StartsWith($"n.yaml:3:39: projections.0.file: {error}", ErrorsOf(Listed.Replace("e.csv", name, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void NeuronsMayBeCountedFromOneAndSeparatedByTabs()
    {
        var edges = Describe(
            Listed.Replace("file: e.csv", "file: e.tsv, one_based: true", StringComparison.Ordinal), ("e.tsv", "source\ttarget\n1\t10\n")).Projections[0].Edges!;

        Assert.Equal((0, 9), (edges.Sources[0], edges.Targets[0]));
    }

    [Fact]
    public void ALongLineIsNoTable()
    {
        var error = ErrorsOf(Listed, ("e.csv", "source,target\n" + new string('1', 3_000_000)));

        Assert.EndsWith("e.csv:1: the line is longer than 1,048,576 bytes; is this a table?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyRowsAreRead()
    {
        var rows = string.Concat(Enumerable.Range(0, 200_000).Select(row => $"{row % 10},{(row / 10) % 10}\n"));
        var network = Describe(
            Listed.Replace("weight: 1 mV", "weight: 1 mV, multapses: true, autapses: true", StringComparison.Ordinal), ("e.csv", "source,target\n" + rows));

        Assert.Equal(200_000, network.Projections[0].Edges!.Sources.Count);
        Assert.Equal(7, network.Projections[0].Edges!.Sources[199_997]);
    }

    [Fact]
    public void SpikesAreSortedByTime()
    {
        var network = Describe(
            OnePopulation + "  s: { model: spikes, n: 3, file: s.csv }\ninputs: [{ to: E, spikes: s.csv, weight: 1 mV }]",
            ("s.csv", "neuron,time_s\n2,0.5\n0,0.25\n1,0.5\n"));

        var spikes = network.Inputs[0].Spikes!;
        Assert.Equal([0, 2, 1], spikes.Neurons);
        Assert.Equal([0.25, 0.5, 0.5], spikes.Seconds);
        Assert.Equal(spikes.ContentHash, network.Populations[1].Spikes!.ContentHash);
    }

    [Theory]
    [InlineData("neuron,time\n0,-1\n", "spikes: s.csv:2: the time -1 s is before the begin")]
    [InlineData("neuron,time\n10,1\n", "spikes: s.csv:2: the neuron 10 is beyond E, whose neurons are 0 to 9; if they are counted from 1, write one_based: true")]
    public void WrongSpikesAreRefused(string content, string error) => Assert.Contains(
        $": inputs.0.{error}", ErrorsOf(OnePopulation + "inputs: [{ to: E, spikes: s.csv, weight: 1 mV }]", ("s.csv", content)), StringComparison.Ordinal);

    [Fact]
    public void NamesStandOnce()
    {
        Assert.Contains(
            "fly.ids: neurons.csv:3: the neuron `a` stands twice, first at neurons.csv:2",
            ErrorsOf(Connectome, ("neurons.csv", "id\na\na\n")),
            StringComparison.Ordinal);
        Assert.Contains(
            "fly.ids: neurons.csv:1:1: the first line has to name the columns, but it begins with the number 720575940596125868",
            ErrorsOf(Connectome, ("neurons.csv", "720575940596125868\n720575940596125869\n")),
            StringComparison.Ordinal);
        Assert.Contains(
            "projections.0.file: edges.csv:2:3: target: `c` is not among the 2 neurons of neurons.csv",
            ErrorsOf(
                Connectome,
                ("neurons.csv", "id\na\nb\n"),
                ("edges.csv", "Presynaptic_ID,Postsynaptic_ID,Excitatory x Connectivity\na,c,1\n"),
                ("muted.csv", "id\na\n")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnOfTheListOfNeuronsGivesTheirThresholds()
    {
        var network = Describe(
            "populations: { E: { model: lif, ids: n.csv, tau: 20 ms, reset: 0 mV, threshold: 1 mV*file[\"theta\"] } }", ("n.csv", "id,theta\na,20\nb,21\n"));

        Assert.Equal([20.0, 21], network.Populations[0].Threshold.Values!);
    }
}
