using CsCheck;
using SparseProp.Results.Export;
using SparseProp.Results.Filters;
using SparseProp.Results.Records;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Filters;

public sealed class RecordFilterTests
{
    // N = 1000, k = 100, rate_hz = 0.9756, no CV, no word about stationarity, not contended, host node-1.
    private static readonly PointRecord Point = Sample.Ok(1);

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    [InlineData("(not ", ")")]
    public void AConditionThatNestsWithoutEndIsRefused(string before, string after)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat(before, depth)) + "n = 1" + string.Concat(Enumerable.Repeat(after, depth));

        Assert.NotNull(RecordFilter.Parse(Nested(100), RecordColumns.Published));
        Assert.Contains("nests deeper", Assert.Throws<ArgumentException>(() => RecordFilter.Parse(Nested(20_000), RecordColumns.Published)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n >= 1e3", true)]
    [InlineData("n>1e3", false)]
    [InlineData("model = lif and k < 200", true)]
    [InlineData("model = qif-time or k=100", true)]
    [InlineData("model in (qif, lif)", true)]
    [InlineData("model not in (qif, lif)", false)]
    [InlineData("not model = qif and not (k = 100 and n = 10)", true)]
    [InlineData("k = 1 or k = 100 and n = 1", false)]
    [InlineData("(k = 100 or k = 1) AND NOT n = 1", true)]
    [InlineData("host = node-1", true)]
    [InlineData("host != 'node-1'", false)]
    [InlineData("host <> \"node-1\"", false)]
    [InlineData("status == ok and burn_in_unit = spikes_per_neuron", true)]
    [InlineData("rate_hz < .98", true)]
    [InlineData("j0 = +1 and g > -1.5e0", true)]
    [InlineData("contended", false)]
    [InlineData("not contended", true)]
    [InlineData("contended = false", true)]
    [InlineData("finished_utc >= '2026-03-01' and finished_utc < '2026-03-02'", true)]
    [InlineData("error = 'it''s'", false)]
    [InlineData("digest = '00000000000000070000000000000001'", true)]
    public void AConditionHoldsOrDoesNot(string condition, bool holds) => Assert.Equal(holds, RecordFilter.Parse(condition, RecordColumns.Published).Matches(Point));

    [Theory]
    [InlineData("cv_isi > 0")]
    [InlineData("not cv_isi > 0")]
    [InlineData("cv_isi in (1, 2)")]
    [InlineData("stationary")]
    [InlineData("not stationary")]
    [InlineData("stationary and n = 1000")]
    public void OfWhatIsUnknownNothingHolds(string condition) => Assert.False(RecordFilter.Parse(condition, RecordColumns.Published).Matches(Point));

    [Theory]
    [InlineData("cv_isi is null")]
    [InlineData("activity is null and n is not null")]
    [InlineData("stationary or n = 1000")]
    [InlineData("not (stationary and n = 1)")]
    public void WhatIsUnknownCanBeAskedForAndPassedOver(string condition) => Assert.True(RecordFilter.Parse(condition, RecordColumns.Published).Matches(Point));

    [Fact]
    public void ANumberThatIsNotFiniteIsUnknown()
    {
        var silent = Point with { Result = Point.Result! with { RateHz = double.NaN } };

        Assert.False(RecordFilter.Parse("rate_hz < 1 or rate_hz >= 1", RecordColumns.Published).Matches(silent));
        Assert.True(RecordFilter.Parse("rate_hz is null", RecordColumns.Published).Matches(silent));
    }

    [Fact]
    public void ShortNamesStandForStatisticsWhereNoColumnHasTheName()
    {
        Assert.True(RecordFilter.Parse("cv is not null", RecordColumns.Published).Matches(Sample.Ok(2)));
        Assert.True(RecordFilter.Parse("ns_per_event > 1", RecordColumns.Published).Matches(Point));
        Assert.True(RecordFilter.Parse("rate = 1 and lyapunov = 0", RecordColumns.Published).Matches(Point));
    }

    [Fact]
    public void SeedsThatADoubleCannotHoldAreToldApart()
    {
        const long seed = (1L << 53) + 1;
        var point = Point with { Parameters = Point.Parameters with { SeedIc = seed } };

        Assert.True(RecordFilter.Parse($"seed_ic = {seed}", RecordColumns.Published).Matches(point));
        Assert.False(RecordFilter.Parse($"seed_ic = {seed - 1}", RecordColumns.Published).Matches(point));
    }

    [Theory]
    [InlineData("modle = lif", "'modle' is no column (did you mean `model`?)")]
    [InlineData("model = lfi", "model is never 'lfi' (did you mean `lif`?)")]
    [InlineData("n = many", "n is a number and cannot be compared with 'many'")]
    [InlineData("contended > false", "contended is true or false")]
    [InlineData("contended = 1", "contended is never '1'")]
    [InlineData("k", "k is not true or false")]
    [InlineData("activity = 1", "activity holds lists")]
    [InlineData("n in ()", "n in () names no value")]
    [InlineData("n >= 1e5 und k = 1", "at character 10")]
    [InlineData("n >=", "unexpected end")]
    [InlineData("(n = 1", "unexpected end")]
    [InlineData("n & 3", "at character 3")]
    [InlineData("n = 1 k = 2", "at character 7")]
    [InlineData("", "unexpected end")]
    [InlineData("host = 'node", "at character 8")]
    public void WhatIsNoConditionIsRefusedWithTheReason(string condition, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => RecordFilter.Parse(condition, RecordColumns.Published)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFilterAgreesWithTheDatabase() => Gen.Select(Sample.Records.List[1, 20], Conditions.List[1, 20]).Sample(
        (records, conditions) =>
        {
            using var store = new TemporaryStore().With(records);
            List<string> found = [];
            PointQuery.Run(
                store.Folder,
                string.Join(" union all ", conditions.Select((condition, i) => $"select key || {i} from points where {condition}")),
                answer => found.AddRange(answer.Rows.Select(row => (string)row[0]!)));

            var expected = conditions.SelectMany((condition, i) => store.Read().Where(RecordFilter.Parse(condition, RecordColumns.Published).Matches).Select(record => $"{record.Key}{i}"));
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        },
        iter: 30);

    private static Gen<string> Conditions
    {
        get
        {
            var number = Gen.OneOf(Gen.Int[-3, 3].Select(value => FormattableString.Invariant($"{value}")), Gen.OneOf("1e5", "-2.5", "0.9"));
            var comparison = Gen.OneOf("=", "!=", "<>", "<", "<=", ">", ">=");
            var numeric = Gen.OneOf("n", "k", "j0", "seed_ic", "rate_hz", "cv_isi", "spikes", "wall_s", "attempts", "chi");
            var atom = Gen.OneOf(
                Gen.Select(numeric, comparison, number, (column, sign, value) => $"{column} {sign} {value}"),
                Gen.Select(numeric, number, number, (column, a, b) => $"{column} in ({a}, {b})"),
                Gen.Select(numeric, Gen.OneOf("is null", "is not null", "not in (1)"), (column, claim) => $"{column} {claim}"),
                Gen.Select(Gen.OneOf("model", "status"), Gen.OneOf("=", "!="), (column, sign) => $"{column} {sign} '{(column == "model" ? "lif" : "ok")}'"),
                Gen.OneOf("contended", "stationary", "contended = true", "stationary != true"));
            return Gen.Recursive<string>((depth, inner) => depth > 3 ? atom : Gen.OneOf(
                atom,
                inner.Select(part => $"not ({part})"),
                Gen.Select(inner, Gen.OneOf("and", "or"), inner, (a, word, b) => $"{a} {word} {b}"),
                Gen.Select(inner, Gen.OneOf("and", "or"), inner, (a, word, b) => $"({a} {word} {b})")));
        }
    }
}
