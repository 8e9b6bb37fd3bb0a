using SparseProp.Engine;
using SparseProp.Sweeps.Checks;
using SparseProp.Sweeps.Networks;
using SparseProp.Sweeps.Reading;

namespace SparseProp.Sweeps;

/// <summary>
/// What a valid sweep file says. Made by <see cref="SweepFile"/> only; to hand a spec on, hand on <see cref="Text"/> and
/// <see cref="FileName"/>.
/// </summary>
public sealed class SweepSpec
{
    /// <summary>Letters that a sweep's name may have.</summary>
    public const int LongestName = 64;

    private readonly Lazy<SpecHash> _hash;
    private readonly Lazy<IReadOnlyList<SweepFileWarning>> _warnings;

    /// <summary>Takes over a draft in which no error was found.</summary>
    internal SweepSpec(SpecDraft draft, string text, string fileName)
    {
        Name = draft.Name!;
        Network = draft.Network;
        Models = draft.HasNetwork ? [NeuronModel.Lif] : draft.Models();
        Grid = draft.Grid;
        Zip = draft.Zip;
        Fixed = draft.Fixed;
        Stop = draft.Stop!.Value.Length;

        // No burn-in is the same point in whatever unit it is written.
        BurnIn = draft.BurnIn is ({ Amount: > 0 } length, _) ? length : RunLength.None;
        Topology = draft.Topology;
        Loop = draft.Loop;
        Training = draft.Training;
        Record = draft.IsTraining ? StatisticKinds.Rate : draft.Record;
        LyapunovExponents = draft.LyapunovExponents;
        Expectations = [.. draft.Expectations.Select(expected => expected.Expectation)];
        Until = draft.Until is { } until
            ? new Until(until.Statistic, until.HalfWidth, until.IsRelative, draft.FirstReplicates, until.MostReplicates)
            : null;
        Verify = draft.Verify;
        Priority = draft.Priority;
        Text = text;
        FileName = fileName;
        _warnings = new(() => [.. WarningsOf(draft, fileName), .. BurnInWarnings(draft)]);
        _hash = new(() => CanonicalSpec.Hash(this));
    }

    /// <summary>Lower-case letters, digits and dashes, at most 64; also the name of the sweep's folder.</summary>
    public string Name { get; }

    /// <summary>The network of populations that the file describes; null for the published one.</summary>
    public SweepNetwork? Network { get; }

    /// <summary>The models of the sweep, each once, in file order; of a <see cref="Network"/>, what points have where they have none.</summary>
    public IReadOnlyList<NeuronModel> Models { get; }

    /// <summary>Axes of which every combination is a point, in file order.</summary>
    public IReadOnlyList<SweepAxis> Grid { get; }

    /// <summary>Axes of one length that move together, in file order.</summary>
    public IReadOnlyList<SweepAxis> Zip { get; }

    /// <summary>The parameters that the file fixes, one value each, in file order; the others have their defaults.</summary>
    public IReadOnlyList<SweepAxis> Fixed { get; }

    public RunLength Stop { get; }

    public RunLength BurnIn { get; }

    public Topology Topology { get; }

    public EventLoop Loop { get; }

    /// <summary>
    /// Null where the points are simulations. Where they are training runs: what these have in common beside the fixed parameters and
    /// the axes.
    /// </summary>
    public TrainingParameters? Training { get; }

    /// <summary>What is measured at every point beside the rate.</summary>
    public StatisticKinds Record { get; }

    /// <summary>How many of the largest Lyapunov exponents are measured at every point.</summary>
    public int LyapunovExponents { get; }

    /// <summary>
    /// What the sweep's results have to be. Not part of <see cref="Hash"/>: other expectations of the same points are no other sweep.
    /// </summary>
    public IReadOnlyList<Expectation> Expectations { get; }

    /// <summary>How many replicates points get; null where these are what the file names. With it, the zip is the replicates.</summary>
    public Until? Until { get; }

    /// <summary>
    /// The share of the points, from 0 to 1, that is run a second time on another node, to compare the digests.
    /// </summary>
    public double Verify { get; }

    /// <summary>
    /// From −100 to 100: of the sweeps on one cluster, those of higher priority run first. Not part of <see cref="Hash"/>: it changes
    /// when points run, not which.
    /// </summary>
    public int Priority { get; }

    /// <summary>The file's text, comments and all.</summary>
    public string Text { get; }

    /// <summary>The file as the user named it.</summary>
    public string FileName { get; }

    /// <summary>What runs but may not mean what it seems to.</summary>
    public IReadOnlyList<SweepFileWarning> Warnings => _warnings.Value;

    /// <summary>Identifies what the file says, whatever its layout, its priority and what is expected.</summary>
    public SpecHash Hash => _hash.Value;

    /// <summary>Whether a sweep may be called so: 1 to <see cref="LongestName"/> of a-z, 0-9 and -, not beginning with -.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static List<SweepFileWarning> WarningsOf(SpecDraft draft, string fileName)
    {
        var warnings = new List<SweepFileWarning>();
        if (draft.Topology == Topology.Published && draft.Find(SimulationParameter.SeedNet.Name) is { Count: > 1 } seeds)
        {
            warnings.Add(new(
                fileName,
                seeds.KeyAt.Line,
                seeds.KeyAt.Column,
                seeds.Name,
                "networks of the published generator are no independent realisations: that of seed_net + 1 is that of seed_net "
                + "moved by one neuron, and their rates correlate with 0.999; write topology: independent"));
        }

        warnings.AddRange(draft.NetworkWarnings);
        warnings.AddRange(Plausibility.DoubtsAbout(draft).Select(
            doubtful => new SweepFileWarning(fileName, doubtful.At.Line, doubtful.At.Column, doubtful.Key, doubtful.Doubt)));

        return warnings;
    }

    private IEnumerable<SweepFileWarning> BurnInWarnings(SpecDraft draft)
    {
        if (BurnInCheck.Of(new SweepPlan(this)) is { } problem)
        {
            var at = draft.BurnIn?.At ?? draft.Stop!.Value.At;
            yield return new(FileName, at.Line, at.Column, "burn_in", problem);
        }
    }
}
