using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

public sealed class PointMemoryTests
{
    private static readonly SimulationParameters Point = new() { N = 1000, K = 50, Stop = RunLength.SpikesPerNeuron(20) };

    [Fact]
    public void ItSpansFromRegeneratedToStoredTargets()
    {
        var memory = PointMemory.Of(Point);

        Assert.Equal(MemoryNeed.LeastBytes(Point), memory.LeastBytes);
        Assert.Equal(PointEstimate.Of(Point).MemoryBytes, memory.FullBytes);
        Assert.Equal(4 * 1000 * 50, memory.FullBytes - memory.LeastBytes);
    }

    [Theory]
    [InlineData(1000, 1, 500)]
    [InlineData(1000, 4, 250)]
    [InlineData(1000, 20, 100)]
    [InlineData(50, 1, 100)]
    public void AClaimIsTheShareOfASlotAsFarAsThePointCanUseAndDoWithIt(long workerBytes, int slots, long claim)
    {
        Assert.Equal(claim, new PointMemory(100, 500).ClaimIn(workerBytes, slots));
    }

    [Fact]
    public void APointFitsWhereItsLeastDoes()
    {
        Assert.True(new PointMemory(100, 500).Fits(100));
        Assert.False(new PointMemory(100, 500).Fits(99));
    }

    [Fact]
    public void AWorkerWithoutSlotsIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointMemory(100, 500).ClaimIn(1000, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointMemory(100, 500).ClaimIn(-1, 1));
    }
}
