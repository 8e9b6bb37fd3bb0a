using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Axes;

/// <summary>Where an axis and its values stand in the file, for messages.</summary>
/// <param name="Key">The parameter's name.</param>
/// <param name="First">The first value, or the begin of the range.</param>
/// <param name="Last">The last value, or the end of the range.</param>
/// <param name="Inner">What stands for the values between the ends of a range.</param>
/// <param name="Elements">Each value's place in a list; null for ranges.</param>
internal sealed record AxisPositions(
    Position Key, Position First, Position Last, Position Inner, IReadOnlyList<Position>? Elements = null)
{
    public static AxisPositions OfList(Position key, IReadOnlyList<Position> elements) =>
        new(key, elements[0], elements[^1], elements[0], elements);

    public Position Of(long index, long count) =>
        Elements is not null ? Elements[(int)index] : index == 0 ? First : index == count - 1 ? Last : Inner;
}
