namespace SparseProp.Engine;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    private const int FarthestTypo = 2;
    private const int ShortestBeginning = 3;

    /// <summary>" (did you mean `seed_net`?)", or nothing where no name of <paramref name="known"/> is near.</summary>
    public static string Hint(string written, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (Name: name, Distance: Distance(written, name)))
            .Where(candidate => candidate.Distance <= FarthestTypo && candidate.Distance < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

        // Or one that was not written to its end.
        if (best is null && written.Length >= ShortestBeginning)
        {
            var begun = known.Where(name => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
            best = begun.Count == 1 ? begun[0] : null;
        }

        return best is null ? "" : $" (did you mean `{best}`?)";
    }

    /// <summary>Insertions, deletions and substitutions between two names; case and the kind of dash do not count.</summary>
    private static int Distance(string written, string name)
    {
        if (Math.Abs(written.Length - name.Length) > FarthestTypo)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        foreach (var (i, letter) in written.Index())
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < name.Length; j++)
            {
                var substituted = diagonal + (Same(letter, name[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }

    private static bool Same(char a, char b) => Folded(a) == Folded(b);

    private static char Folded(char c) => c == '-' ? '_' : char.ToLowerInvariant(c);
}
