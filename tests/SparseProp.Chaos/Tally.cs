using SparseProp.Results.Comparisons;

namespace SparseProp.Chaos;

/// <summary>What came of the sweeps.</summary>
internal sealed class Tally
{
    private readonly List<string> _differences = [];
    private long _points;
    private long _recorded;
    private long _lost;
    private long _extra;
    private long _duplicated;
    private long _differing;
    private long _divergent;
    private long _failed;

    public int Sweeps { get; private set; }

    /// <summary>Sweeps that did not come to an end.</summary>
    public int Unfinished { get; set; }

    public IReadOnlyList<string> Differences => _differences;

    public bool Holds => Unfinished == 0 && _lost + _extra + _duplicated + _differing + _divergent + _failed == 0;

    public IEnumerable<(string What, long Count)> Lines =>
    [
        ("sweeps ended", Sweeps),
        ("sweeps that did not end", Unfinished),
        ("points", _points),
        ("points recorded", _recorded),
        ("points lost", _lost),
        ("points that no one asked for", _extra),
        ("points duplicated", _duplicated),
        ("points divergent", _divergent),
        ("points with another outcome", _differing),
        ("points failed", _failed),
    ];

    /// <param name="planned">Points of the sweep. The undisturbed store is no measure of that: it may have lost the same ones.</param>
    /// <param name="comparison">Of the undisturbed store with the cluster's.</param>
    public void Add(long planned, StoreComparison comparison)
    {
        Sweeps++;
        _points += planned;
        _recorded += comparison.B.Points;
        _lost += Math.Max(comparison.OnlyInA, planned - Math.Min(comparison.A.Points, comparison.B.Points));
        _extra += comparison.OnlyInB;
        _duplicated += comparison.B.Duplicates;
        _differing += comparison.OutcomeDiffers;
        _divergent += comparison.B.Divergent;
        _failed += comparison.B.Failed;
        _differences.AddRange(comparison.Differences.Select(difference => difference.ToString()));
    }
}
