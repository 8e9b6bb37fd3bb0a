namespace SparseProp.Sweeps.Axes;

/// <summary>Groups of places anywhere on the digit, written out: eight bytes for each place.</summary>
internal sealed class ListedGroups : IPlaceGroups
{
    private readonly int[] _groups;
    private readonly int[] _places;
    private readonly int[] _begins;

    /// <param name="groups">The group of each place, counted from 0 without a gap.</param>
    /// <param name="count">How many groups.</param>
    public ListedGroups(int[] groups, int count)
    {
        _groups = groups;
        _begins = new int[count + 1];
        foreach (var group in groups)
        {
            _begins[group + 1]++;
        }

        for (var group = 0; group < count; group++)
        {
            _begins[group + 1] += _begins[group];
        }

        _places = new int[groups.Length];
        var next = _begins.AsSpan().ToArray();
        for (var place = 0; place < groups.Length; place++)
        {
            _places[next[groups[place]]++] = place;
        }
    }

    public long Places => _groups.Length;

    public long Count => _begins.Length - 1;

    public long SizeOf(int group) => _begins[group + 1] - _begins[group];

    public long PlaceAt(int group, long rank) => _places[_begins[group] + rank];

    public int GroupOf(long place) => _groups[place];
}
