namespace SparseProp.Sweeps.Axes;

/// <summary>
/// Neighbouring places in groups whose sizes differ by one at most: group b holds ⌊b·places/count⌋ ≤ place &lt; ⌊(b + 1)·places/count⌋.
/// </summary>
/// <param name="places">How many places, at most 10^12.</param>
/// <param name="count">How many groups, at most as many as places. Only up to 2^16 may they be asked about.</param>
internal sealed class EvenBlocks(long places, long count) : IPlaceGroups
{
    public long Places => places;

    public long Count => count;

    public long SizeOf(int group) => Begin(group + 1) - Begin(group);

    public long PlaceAt(int group, long rank) => Begin(group) + rank;

    public int GroupOf(long place) => (int)((((place + 1) * count) - 1) / places);

    private long Begin(int group) => group * places / count;
}
