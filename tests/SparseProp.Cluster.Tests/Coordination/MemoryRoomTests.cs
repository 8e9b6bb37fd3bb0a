using CsCheck;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class MemoryRoomTests
{
    [Fact]
    public void APointFitsWhereverAnyOfTheOthersMayRunBesideIt() => Gen.Select(
        Gen.Int[1, 4], Gen.Long[1, 100], Gen.Select(Gen.Long[1, 60], Gen.Int[0, 9]).Array[0, 20]).Sample((slots, memory, claims) =>
    {
        var room = new MemoryRoom(new CrewMember("w", "host") { Slots = slots, MemoryBytes = memory });
        List<long> held = [];
        foreach (var (claim, luck) in claims)
        {
            var fits = held.Append(claim).OrderDescending().Take(slots).Sum() <= memory;
            Assert.Equal(fits, room.Fits(claim));

            // Now and then it holds already what does not fit.
            if (fits || luck == 0)
            {
                room.Add(claim);
                held.Add(claim);
            }
        }
    });
}
