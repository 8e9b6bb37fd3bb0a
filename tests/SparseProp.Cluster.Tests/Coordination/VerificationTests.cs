using CsCheck;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class VerificationTests
{
    private const int Count = 40;

    [Fact]
    public void EveryPointOfTheSampleIsVerifiedOnceByAnother() => Gen.Select(
        Gen.Double[0, 1], Gen.Int[0, int.MaxValue].Array[0, 200], Gen.Int[0, Count]).Sample((share, steps, earlier) =>
    {
        HashSet<long> recorded = [.. Enumerable.Range(0, earlier).Select(index => (long)index)];
        var verification = new Verification(share, Count, recorded.Contains);
        HashSet<long> sample = [.. Sampled(share)];
        Dictionary<long, string> first = [];
        HashSet<long> outstanding = [];
        HashSet<long> verified = [];
        foreach (var step in steps)
        {
            var pick = step >> 3;
            var worker = $"w{pick % 3}";
            switch (step & 7)
            {
                case <= 2 when recorded.Add(pick % Count):
                    first[pick % Count] = worker;
                    Assert.Equal(sample.Contains(pick % Count), verification.OnRecorded(pick % Count, worker));
                    break;
                case <= 4:
                    var hasOther = pick % 5 > 0;
                    var due = sample.Where(recorded.Contains).Except(verified).Except(outstanding)
                        .Where(index => !hasOther || first.GetValueOrDefault(index) != worker);
                    if (verification.TryTake(worker, _ => hasOther, _ => true, out var index))
                    {
                        Assert.Contains(index, due);
                        Assert.True(outstanding.Add(index));
                    }
                    else
                    {
                        // Those recorded before are looked for only when nothing else is due.
                        Assert.DoesNotContain(due, first.ContainsKey);
                    }

                    break;
                case 5 when outstanding.Count > 0:
                    verification.GiveBack(Take(outstanding, pick));
                    break;
                case 6 when outstanding.Count > 0:
                    var settled = Take(outstanding, pick);
                    Assert.True(verification.Settle(settled));
                    Assert.False(verification.Settle(settled));
                    verified.Add(settled);
                    break;
                default:
                    break;
            }

            Assert.Equal(verified.Count, verification.Verified);
        }

        Assert.Equal(sample.Where(recorded.Contains).All(verified.Contains), verification.IsComplete());
    });

    [Fact]
    public void TheSampleHasTheShareAskedFor()
    {
        var verification = new Verification(0.02, 100_000, _ => false);

        Assert.InRange(Enumerable.Range(0, 100_000).Count(index => verification.OnRecorded(index, null)), 1800, 2200);
    }

    private static IEnumerable<long> Sampled(double share) =>
        Enumerable.Range(0, Count).Select(index => (long)index).Where(index => Fresh(share, Count).OnRecorded(index, null));

    private static Verification Fresh(double share, long points) => new(share, points, _ => false);

    private static long Take(HashSet<long> from, int pick)
    {
        var index = from.Order().ElementAt(pick % from.Count);
        from.Remove(index);
        return index;
    }
}
