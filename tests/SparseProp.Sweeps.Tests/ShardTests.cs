using CsCheck;

namespace SparseProp.Sweeps.Tests;

public sealed class ShardTests
{
    private static readonly Gen<(string Text, int Parts)> Dealt = Gen.Select(RandomSweep.CostlyFiles, Gen.Int[1, 40]);

    [Fact]
    public void EveryPointIsInOneShard()
    {
        Dealt.Sample(sweep =>
        {
            var plan = Sweeps.Plan(sweep.Text);

            var dealt = ShardsOf(sweep.Parts).SelectMany(shard => shard.IndicesIn(plan)).Order();

            Assert.Equal(Enumerable.Range(0, (int)plan.Count).Select(index => (long)index), dealt);
        });
    }

    [Fact]
    public void ShardsDifferByNoMoreThanTheLongestPoint()
    {
        Dealt.Sample(sweep =>
        {
            var plan = Sweeps.Plan(sweep.Text);
            var model = new CostModel();
            double SecondsOf(long index) => model.SecondsOf(plan[index]);

            var seconds = ShardsOf(sweep.Parts).Select(shard => shard.IndicesIn(plan).Sum(SecondsOf)).ToList();

            var longest = Enumerable.Range(0, (int)plan.Count).Max(index => SecondsOf(index));
            Assert.InRange(seconds.Max() - seconds.Min(), 0, longest * (1 + 1e-5));
        });
    }

    [Fact]
    public void AnAxisWithAsManyValuesAsThereAreShardsDoesNotGiveAllLargeNetworksToOne()
    {
        var plan = Sweeps.Plan("name: t\nmodel: lif\nstop: { spikes_per_neuron: 10 }\ngrid: { k: [10, 20, 30, 40], n: [1000, 100000] }");

        var large = ShardsOf(2).Select(shard => shard.IndicesIn(plan).Count(index => plan[index].N == 100_000));

        Assert.Equal([2, 2], large);
    }

    [Theory]
    [InlineData("1/1")]
    [InlineData("3/8")]
    [InlineData("1000000/1000000")]
    public void AShardIsReadAsItIsWritten(string text)
    {
        Assert.True(Shard.TryParse(text, out var shard));
        Assert.Equal(text, shard.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/8")]
    [InlineData("9/8")]
    [InlineData("1/0")]
    [InlineData("-1/8")]
    [InlineData("1/2/3")]
    [InlineData("1 / 8")]
    [InlineData("/")]
    [InlineData("1/1000001")]
    [InlineData("1/99999999999")]
    public void WhatIsNoShardIsRefused(string text) => Assert.False(Shard.TryParse(text, out _));

    private static IEnumerable<Shard> ShardsOf(int parts) => Enumerable.Range(1, parts).Select(number => new Shard(number, parts));
}
