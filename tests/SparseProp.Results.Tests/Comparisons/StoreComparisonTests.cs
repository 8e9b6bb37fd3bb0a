using SparseProp.Results.Comparisons;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Comparisons;

public sealed class StoreComparisonTests : IDisposable
{
    private readonly TemporaryStore _a = new();
    private readonly TemporaryStore _b = new();

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public void StoresWithTheSameOutcomesInAnyOrderAreEqual()
    {
        _a.With(Enumerable.Range(0, 50).Select(i => Sample.Ok(i)));
        _b.With(Enumerable.Range(0, 50).Reverse().Select(i => Elsewhere(Sample.Ok(i))));

        var comparison = Compare();

        Assert.True(comparison.AreEqual);
        Assert.Empty(comparison.Differences);
        Assert.Equal(new StoreContents(50, 0, 0, 0, 0), comparison.A);
        Assert.Equal(comparison.A, comparison.B);
    }

    [Fact]
    public void APointThatOnlyOneHasIsToldWithItsStore()
    {
        _a.With(Sample.Ok(1), Sample.Ok(2), Sample.Failed(3));
        _b.With(Sample.Ok(2), Sample.Ok(4));

        var comparison = Compare();

        Assert.Equal((2, 1, 0, 0), (comparison.OnlyInA, comparison.OnlyInB, comparison.OutcomeDiffers, comparison.FailedInBoth));
        Assert.False(comparison.AreEqual);
        Assert.Collection(
            comparison.Differences,
            first => AssertIs(first, StoreDifferenceKind.OnlyInA, 1, $"is only in {_a.Folder}: ok with 20001 spikes"),
            second => AssertIs(second, StoreDifferenceKind.OnlyInA, 3, $"{_a.Folder}: failed after 3 attempts (too-large: needs 3 TB"),
            third => AssertIs(third, StoreDifferenceKind.OnlyInB, 4, $"is only in {_b.Folder}: ok with 20004 spikes"));
    }

    [Fact]
    public void AnotherOutcomeIsToldWithBoth()
    {
        var other = Sample.Ok(2);
        _a.With(Sample.Ok(1, digest: 7), Sample.Ok(2), Sample.Failed(3), Sample.Failed(4, 1), Sample.Ok(5));
        _b.With(
            Sample.Ok(1, digest: 8),
            other with { Result = other.Result! with { RateHz = 1 } },
            Sample.Ok(3),
            Sample.Failed(4, 2),
            Sample.Ok(5));

        var comparison = Compare();

        Assert.Equal((0, 0, 4, 0), (comparison.OnlyInA, comparison.OnlyInB, comparison.OutcomeDiffers, comparison.FailedInBoth));
        Assert.Equal((2, 1), (comparison.A.Failed, comparison.B.Failed));
        Assert.False(comparison.AreEqual);
        Assert.Collection(
            comparison.Differences,
            first => AssertIs(
                first,
                StoreDifferenceKind.OutcomeDiffers,
                1,
                "digest 00000000000000070000000000000001; ok with 20001 spikes, digest 00000000000000080"),
            second => AssertIs(second, StoreDifferenceKind.OutcomeDiffers, 2, "; results differ"),
            third => AssertIs(third, StoreDifferenceKind.OutcomeDiffers, 3, "; statuses, results, failures differ"),
            fourth => AssertIs(fourth, StoreDifferenceKind.OutcomeDiffers, 4, "failed after 1 attempt (too-large"));
    }

    [Fact]
    public void AFailureOfBothIsToldAndIsEqual()
    {
        _a.With(Sample.Failed(1, 1), Sample.Failed(1, 2));
        _b.With(Sample.Failed(1, 2));

        var comparison = Compare();

        Assert.True(comparison.AreEqual);
        Assert.Equal((1, 1, 1), (comparison.FailedInBoth, comparison.A.Failed, comparison.B.Failed));
        AssertIs(Assert.Single(comparison.Differences), StoreDifferenceKind.FailedInBoth, 1, "failed after 2 attempts");
    }

    [Fact]
    public void AFailureThatGaveWayToAResultIsNone()
    {
        _a.With(Sample.Failed(1), Sample.Ok(1));
        _b.With(Sample.Ok(1));

        Assert.True(Compare().AreEqual);
    }

    [Theory]
    [InlineData(PointStatus.Ok)]
    [InlineData(PointStatus.Divergent)]
    public void AContradictionInEitherIsDivergent(PointStatus status)
    {
        _a.With(Sample.Ok(1), Sample.Ok(2));
        _b.With(Sample.Ok(1), Sample.Ok(2), Sample.Ok(2, digest: 8) with { Status = status });

        var comparison = Compare();

        Assert.Equal((0, 1), (comparison.A.Divergent, comparison.B.Divergent));
        Assert.False(comparison.AreEqual);
        var difference = Assert.Single(comparison.Differences);
        AssertIs(difference, StoreDifferenceKind.Divergent, 2, $"digest 00000000000000080000000000000002, in {_b.Folder}");
    }

    [Fact]
    public void AResultThatIsRecordedTwiceIsADuplicate()
    {
        _a.With(Sample.Ok(1), Sample.Ok(2), Elsewhere(Sample.Ok(1)), Sample.Ok(1));
        _b.With(Sample.Ok(1), Sample.Ok(2));

        var comparison = Compare();

        Assert.Equal((2, 0), (comparison.A.Duplicates, comparison.B.Duplicates));
        Assert.False(comparison.AreEqual);
        Assert.Equal(2, comparison.Differences.Count);
        AssertIs(comparison.Differences[0], StoreDifferenceKind.Duplicate, 1, $"once more with the same result in {_a.Folder}");
    }

    [Fact]
    public void DamageInEitherIsTold()
    {
        _a.With(Sample.Ok(1), Sample.Ok(2));
        _b.With(Sample.Ok(1), Sample.Ok(2));
        var bytes = File.ReadAllBytes(_b.Results(1));
        bytes[^400] ^= 1;
        File.WriteAllBytes(_b.Results(1), bytes);

        var comparison = Compare();

        Assert.Equal((0, 1, 1), (comparison.A.Damaged, comparison.B.Damaged, comparison.OnlyInA));
        Assert.False(comparison.AreEqual);
        Assert.Equal((StoreDifferenceKind.Damaged, null), (comparison.Differences[0].Kind, comparison.Differences[0].Key));
        Assert.Contains(_b.Results(1), comparison.Differences[0].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFirstTwentyAreDescribedAndAllAreCounted()
    {
        _a.With(Enumerable.Range(0, 1000).Select(i => Sample.Ok(i)));
        _b.With();

        var comparison = Compare();

        Assert.Equal(1000, comparison.OnlyInA);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => Sample.KeyOf(i)),
            comparison.Differences.Select(difference => difference.Key!.Value));
        Assert.StartsWith("only in A 1000, only in B 0, outcome differs 0", comparison.ToString(), StringComparison.Ordinal);
        Assert.Equal(21, comparison.ToString().Split('\n').Length);
    }

    [Fact]
    public void RecordsOfAnyLengthAreComparedAcrossFiles()
    {
        var text = new string('x', 9000);
        var failed = Sample.Failed(7) with { Failure = new PointFailure { Kind = "Broken", Message = text, Attempts = 1 } };
        _a.With(Enumerable.Range(0, 30).Select(i => Sample.Ok(i)).Append(failed with { Key = Sample.KeyOf(99) }));
        using (var store = _b.Open(new StoreOptions { SegmentBytes = 2200 }))
        {
            store.Append(failed with { Key = Sample.KeyOf(99) });
            foreach (var i in Enumerable.Range(0, 30))
            {
                store.Append(Sample.Ok(i));
            }
        }

        Assert.InRange(Directory.GetFiles(_b.Folder, "results-*").Length, 3, 10);
        Assert.True(Compare().AreEqual, Compare().ToString());
    }

    [Fact]
    public void WhatIsNoStoreIsRefused() =>
        Assert.Contains(
            _b.Folder,
            Assert.Throws<StoreException>(() => StoreComparison.Of(_a.With().Folder, _b.Folder)).Message,
            StringComparison.Ordinal);

    private StoreComparison Compare() => StoreComparison.Of(_a.Folder, _b.Folder);

    private static void AssertIs(StoreDifference difference, StoreDifferenceKind kind, int point, string words)
    {
        Assert.Equal((kind, Sample.KeyOf(point)), (difference.Kind, difference.Key));
        Assert.StartsWith($"point {Sample.KeyOf(point)} ", difference.Description, StringComparison.Ordinal);
        Assert.Contains(words, difference.Description, StringComparison.Ordinal);
    }

    /// <summary>The same outcome from another machine, at another time, under another number.</summary>
    private static PointRecord Elsewhere(PointRecord record) => record with
    {
        Index = record.Index + 1000,
        FinishedUtc = Sample.Noon.AddDays(1),
        Cost = record.Cost! with { Host = "node-2", WallSeconds = 9 },
    };
}
