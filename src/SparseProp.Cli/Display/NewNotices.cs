namespace SparseProp.Cli.Display;

/// <summary>Picks out what is new where the latest notices are told again and again. A restarted coordinator tells fewer.</summary>
internal sealed class NewNotices
{
    private IReadOnlyList<string> _known = [];

    /// <summary>Those of <paramref name="latest"/>, oldest first, that follow what was told before.</summary>
    public IReadOnlyList<string> In(IReadOnlyList<string> latest)
    {
        var overlap = Math.Min(_known.Count, latest.Count);
        while (!_known.Skip(_known.Count - overlap).SequenceEqual(latest.Take(overlap)))
        {
            overlap--;
        }

        _known = latest;
        return [.. latest.Skip(overlap)];
    }
}
