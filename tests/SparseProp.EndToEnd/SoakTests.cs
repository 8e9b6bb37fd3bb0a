using System.Globalization;
using SparseProp.Chaos;

namespace SparseProp.EndToEnd;

/// <summary>Half a minute of chance. <c>CHAOS_SEED</c> in the environment repeats an earlier one's choices.</summary>
public sealed class SoakTests
{
    [Fact]
    public async Task WhateverHappensNothingIsLostDuplicatedOrDifferent()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CHAOS_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next(0x10000);
        var options = new ChaosOptions(
            TimeSpan.FromSeconds(30),
            seed,
            Workers: 2,
            Standby: int.IsEvenInteger(seed),
            Replicates: 4,
            SpikesPerNeuron: 5,
            Network: await NetworkUnderTest.ObstacleAsync() is null);
        var output = new StringWriter(CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CHAOS_SEED={seed}"));

        var holds = await ChaosRun.RunAsync(options, output, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper!.WriteLine(output.ToString());
        Assert.True(holds, output.ToString());
    }
}
