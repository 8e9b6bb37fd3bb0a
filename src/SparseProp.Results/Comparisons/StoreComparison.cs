using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Comparisons;

/// <summary>
/// Whether two stores hold the same outcome of the same points, record by record, whatever the order in which they were written.
/// Takes memory that does not grow with the stores. Either may be written to meanwhile: what is appended may be missing.
/// </summary>
public sealed class StoreComparison
{
    /// <summary>So many findings are kept in words; the others are only counted.</summary>
    public const int MostDescribed = 20;

    private readonly List<StoreDifference> _differences = [];

    private StoreComparison(string folderA, string folderB)
    {
        using var a = new ComparedStore(folderA, Report);
        using var b = new ComparedStore(folderB, Report);
        foreach (var record in a.Records())
        {
            Compare(record, a, b);
        }

        foreach (var record in b.Records().Where(record => !a.Has(record.Key)))
        {
            OnlyInB++;
            Report(StoreDifferenceKind.OnlyInB, record.Key, $"is only in {b.Folder}: {Describe(record)}");
        }

        (A, B) = (a.Contents, b.Contents);
    }

    /// <summary>What the first store holds.</summary>
    public StoreContents A { get; }

    /// <summary>What the second store holds.</summary>
    public StoreContents B { get; }

    /// <summary>Points that only the first store has.</summary>
    public long OnlyInA { get; private set; }

    /// <summary>Points that only the second store has.</summary>
    public long OnlyInB { get; private set; }

    /// <summary>Points of both with different outcomes: another result, another failure, or one of each.</summary>
    public long OutcomeDiffers { get; private set; }

    /// <summary>Points that failed in both in the same way.</summary>
    public long FailedInBoth { get; private set; }

    /// <summary>
    /// Whether both have the same points with the same outcomes, and neither holds anything divergent, repeated or unreadable. Points
    /// that failed in both in the same way are equal.
    /// </summary>
    public bool AreEqual => OnlyInA == 0 && OnlyInB == 0 && OutcomeDiffers == 0 && A.IsClean && B.IsClean;

    /// <summary>
    /// The first findings, at most <see cref="MostDescribed"/>: what is wrong with either store by itself, then points in the order of
    /// the first store, then those that only the second has.
    /// </summary>
    public IReadOnlyList<StoreDifference> Differences => _differences;

    /// <summary>Compares the stores in two folders.</summary>
    /// <exception cref="StoreException">Either is no store, cannot be read, or is of a later version.</exception>
    public static StoreComparison Of(string folderA, string folderB) => new(folderA, folderB);

    /// <summary>The counts, and what is in <see cref="Differences"/>, a line each.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        _differences.Select(difference => difference.Description).Prepend(FormattableString.Invariant(
            $"only in A {OnlyInA}, only in B {OnlyInB}, outcome differs {OutcomeDiffers}, failed in both {FailedInBoth}; A: {A}; B: {B}")));

    private void Compare(PointRecord record, ComparedStore a, ComparedStore b)
    {
        if (!b.Has(record.Key))
        {
            OnlyInA++;
            Report(StoreDifferenceKind.OnlyInA, record.Key, $"is only in {a.Folder}: {Describe(record)}");
        }
        else if (b.Find(record.Key) is not { } other)
        {
            // Told as damage when the second store's records are read in turn.
            return;
        }
        else if (!PointRecord.SameOutcome(record, other))
        {
            OutcomeDiffers++;
            Report(
                StoreDifferenceKind.OutcomeDiffers,
                record.Key,
                $"has another outcome in {a.Folder} than in {b.Folder}: {Describe(record)}; {Describe(other)}; "
                + $"{Differing(record, other)} differ");
        }
        else if (record.Status == PointStatus.Failed)
        {
            FailedInBoth++;
            Report(StoreDifferenceKind.FailedInBoth, record.Key, $"{Describe(record)} in both stores");
        }
    }

    private void Report(StoreDifferenceKind kind, PointKey key, string finding) =>
        Report(new StoreDifference(kind, key, $"point {key} {finding}"));

    private void Report(StoreDifference difference)
    {
        if (_differences.Count < MostDescribed)
        {
            _differences.Add(difference);
        }
    }

    // Two results may have the same spikes, and another figure or another engine.
    private static string Differing(PointRecord record, PointRecord other) => string.Join(
        ", ",
        new (string Name, bool Differs)[]
        {
            ("statuses", record.Status != other.Status),
            ("parameters", record.Parameters != other.Parameters),
            ("results", record.Result != other.Result),
            ("failures", record.Failure != other.Failure),
            ("engine versions", record.EngineVersion != other.EngineVersion),
        }
        .Where(part => part.Differs)
        .Select(part => part.Name));

    private static string Describe(PointRecord record) =>
        record.Failure is { } failure
            ? FormattableString.Invariant($"failed after {Counted.Of(failure.Attempts, "attempt")} ({failure.Kind}: {failure.Message})")
            : FormattableString.Invariant($"ok with {record.Result?.Spikes} spikes, digest {record.Result?.Digest:x32}");
}
