using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Checks;

/// <summary>What a check of a store has found.</summary>
/// <param name="Points">Points of the sweep that the store was last opened for.</param>
/// <param name="Recorded">Those of them with a result.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Missing">Those of them without a record.</param>
/// <param name="Others">Records of points that are not of that sweep: of earlier texts of the file.</param>
/// <param name="Divergent">Results that contradict the one that counts.</param>
/// <param name="Damage">Parts that cannot be read, each in words.</param>
/// <param name="WrongKeys">Records whose key is not that of their parameters, each in words.</param>
/// <param name="Simulated">Points that were simulated again.</param>
/// <param name="Unequal">Those of them that gave other spikes or statistics, each in words.</param>
/// <param name="OtherEngine">Records of another version of the engine, which this one cannot repeat.</param>
public sealed record StoreCheck(
    long Points,
    long Recorded,
    long Failed,
    long Missing,
    long Others,
    long Divergent,
    IReadOnlyList<string> Damage,
    IReadOnlyList<string> WrongKeys,
    int Simulated,
    IReadOnlyList<string> Unequal,
    long OtherEngine)
{
    /// <summary>Findings of one kind that are kept in words.</summary>
    private const int MostDescribed = 20;

    /// <summary>Whether the sweep is complete, and every record readable and right as far as was looked.</summary>
    public bool IsSound => Missing == 0 && IsSoundSoFar;

    /// <summary>Whether every record is readable and right as far as was looked, however many are still to come.</summary>
    public bool IsSoundSoFar => Divergent == 0 && Damage.Count == 0 && WrongKeys.Count == 0 && Unequal.Count == 0;

    /// <summary>Reads through the store: checksums, keys, completeness against the manifest's sweep.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="sample">How many points to simulate again, chosen at random; their digests and statistics must be equal.</param>
    /// <param name="seed">Of the choice.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="StoreException">The folder is no store, or cannot be read.</exception>
    public static StoreCheck Of(string folder, int sample, int seed, CancellationToken cancellation)
    {
        var manifest = StoreReader.ReadManifest(folder);
        var plan = new SweepPlan(StoredSpec.Of(folder, manifest));
        var (damage, wrongKeys) = (new List<string>(), new List<string>());
        var chosen = new List<(PointRecord Record, long Index)>(sample);
        var random = new Random(seed);
        long recorded = 0, failed = 0, others = 0, otherEngine = 0, candidates = 0;
        foreach (var record in StoreReader.Read(folder, part => Describe(damage, part.Message)))
        {
            cancellation.ThrowIfCancellationRequested();
            var isOwn = record.EngineVersion == EngineVersion.Semantic;
            otherEngine += isOwn ? 0 : 1;
            // A record does not have the network that its key is of; the plan has.
            if (isOwn && !record.Parameters.IsOfPopulations && PointKey.Of(record.Parameters) is var key && key != record.Key)
            {
                Describe(wrongKeys, $"point {record.Key}: its parameters have the key {key}");
            }

            if (!plan.TryIndexOf(record.Parameters, record.Key, out var index))
            {
                others++;
            }
            else if (record.Result is null)
            {
                failed++;
            }
            else
            {
                recorded++;
                if (isOwn)
                {
                    Choose(chosen, (record, index), sample, ++candidates, random);
                }
            }
        }

        var divergent = StoreReader.ReadDivergent(folder).LongCount();
        var completeness = StoreCompleteness.Of(plan, folder);
        var unequal = chosen.Select(one => Repeat(one.Record, one.Record.Parameters.IsOfPopulations ? plan[one.Index] : one.Record.Parameters, cancellation)).OfType<string>().ToList();
        return new StoreCheck(
            completeness.Points,
            recorded,
            failed,
            completeness.Missing,
            others,
            divergent,
            damage,
            wrongKeys,
            chosen.Count,
            unequal,
            otherEngine);
    }

    private static void Describe(List<string> findings, string finding)
    {
        if (findings.Count < MostDescribed)
        {
            findings.Add(finding);
        }
    }

    // Each of the candidates so far is among the chosen with the same probability.
    private static void Choose(List<(PointRecord Record, long Index)> chosen, (PointRecord Record, long Index) record, int sample, long candidates, Random random)
    {
        if (chosen.Count < sample)
        {
            chosen.Add(record);
        }
        else if (random.NextInt64(candidates) is var place && place < sample)
        {
            chosen[(int)place] = record;
        }
    }

    private static string? Repeat(PointRecord record, SimulationParameters parameters, CancellationToken cancellation)
    {
        using var simulation = new Simulation(parameters);
        var result = simulation.Measure(cancellation);
        if (PointRecord.SameOutcome(record, record with { Result = result }))
        {
            return null;
        }

        var found = result.Digest == record.Result!.Digest
            ? "the same spikes but other statistics"
            : $"other spikes: digest {result.Digest:x32}, recorded {record.Result.Digest:x32}";
        return $"point {record.Key} gives {found}";
    }
}
