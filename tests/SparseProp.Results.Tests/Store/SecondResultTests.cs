using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class SecondResultTests
{
    [Fact]
    public void TheFirstResultCountsAnEqualOneIsDroppedAndAnotherIsKeptAsDivergent()
    {
        using var files = new TemporaryStore();
        var first = Sample.Ok(1);
        var other = first with { Result = first.Result! with { Digest = first.Result.Digest + 1 } };
        using (var store = files.Open())
        {
            Assert.Equal(RecordOutcome.Recorded, store.Record(first));
            Assert.Equal(RecordOutcome.Duplicate, store.Record(first));
            Assert.Equal(RecordOutcome.Divergent, store.Record(other));
            Assert.Equal(RecordOutcome.Divergent, store.Record(other));
        }

        Assert.Equal([first], StoreReader.Read(files.Folder));
        Assert.Equal([other with { Status = PointStatus.Divergent }], StoreReader.ReadDivergent(files.Folder));
    }

    [Fact]
    public void AFailureGivesWayToAResultAndNeverReplacesOne()
    {
        using var files = new TemporaryStore();
        var result = Sample.Ok(1);
        var failure = new PointFailure { Kind = "Broken", Message = "it broke", Attempts = 3 };
        var failed = PointRecord.Failed(result.Index, result.Parameters, failure, Sample.Noon) with { Key = result.Key };
        using (var store = files.Open())
        {
            Assert.Equal(RecordOutcome.Recorded, store.Record(failed));
            Assert.Equal(RecordOutcome.Recorded, store.Record(result));
            Assert.Equal(RecordOutcome.Duplicate, store.Record(failed));
        }

        Assert.Equal([result], StoreReader.Read(files.Folder));
    }
}
