namespace SparseProp.Sweeps.Axes;

/// <summary>The places of one digit of a plan's index, each in one group. No group is empty; within a group, places ascend.</summary>
internal interface IPlaceGroups
{
    /// <summary>How many places.</summary>
    long Places { get; }

    /// <summary>How many groups, at least 1.</summary>
    long Count { get; }

    /// <summary>How many places 0 ≤ <paramref name="group"/> &lt; <see cref="Count"/> has.</summary>
    long SizeOf(int group);

    /// <summary>The place at 0 ≤ <paramref name="rank"/> &lt; <see cref="SizeOf"/> in its group.</summary>
    long PlaceAt(int group, long rank);

    /// <summary>The group of 0 ≤ <paramref name="place"/> &lt; <see cref="Places"/>.</summary>
    int GroupOf(long place);
}
