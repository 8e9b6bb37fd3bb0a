using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Engine;
using SparseProp.Engine.Adjoint;
using SparseProp.Execution;
using SparseProp.Execution.Points;
using SparseProp.Results.Export;
using SparseProp.Results.Plots;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop train</c>: one training run, on this machine, on one core.</summary>
internal static class TrainCommand
{
    // As `run`: a folder of this name in the working directory, with one folder for each file's name.
    private const string StandardOut = "results";
    private const string CurveFile = "curve.csv";
    private const string WeightsFile = "weights.csv";
    private const double FigureMillimetres = 120;

    // For a checkpoint to be written.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StandardInterval = TimeSpan.FromSeconds(30);

    private sealed record Options(string File, string? Out, string? Figure, bool Force, long? TapeBytes, TimeSpan CheckpointInterval, bool Json);

    public static Command Create()
    {
        var file = new Argument<string>("FILE.yaml") { Description = "A sweep file with task: train that has one point." };
        var folder = FolderOption.Optional(
            "--out", $"Folder of the result store, of {CurveFile} and {WeightsFile}. [default: {StandardOut}/NAME, NAME being the file's]");
        var figure = new Option<string?>("--figure") { Description = "Draw the learning curve to FILE.png or FILE.svg.", HelpName = "FILE" };
        var tape = SizeOption.Optional(
            "--tape-budget",
            "The most memory that the record of a trial may take, such as 512MiB; a longer trial is computed again piece by piece, with the "
            + "same result. Default: what the process may use.");
        var interval = DurationOption.Optional(
            "--checkpoint-interval", "How long it trains between two checkpoints, from which it goes on after a crash. [default: 30s]");
        var force = CommonOptions.Force();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "train",
            "Train a network to do something, such as to spike at given times; goes on where an earlier run stopped.",
            "sparseprop train deploy/training/pattern.yaml --figure pattern.png",
            "sparseprop train deploy/training/teacher.yaml --out /data/teacher --json")
        {
            file, folder, figure, force, tape, interval, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            new Options(
                parsed.GetRequiredValue(file),
                parsed.GetValue(folder),
                parsed.GetValue(figure),
                parsed.GetValue(force),
                parsed.GetValue(tape),
                parsed.GetValue(interval) ?? StandardInterval,
                parsed.GetValue(json)),
            Invocation.Of(parsed),
            cancellation)));
        return command;
    }

    private static int Run(Options options, Invocation invocation, CancellationToken cancellation)
    {
        try
        {
            if (options.Figure is { } path)
            {
                FigureFile.RefuseUnknown(path);
            }

            using var figure = options.Figure is null ? null : OutputFile.Open(options.Figure, options.Force);
            var plan = PlanOf(options.File);
            var folder = options.Out ?? Path.Combine(StandardOut, plan.Spec.Name);
            PointRecord record;
            invocation.Interruption.Message = $"interrupted; a checkpoint was written. Go on with: {ShellCommand.Of(invocation.Arguments)}";
            using (invocation.Interruption.Allow(Patience))
            {
                record = Train(plan, folder, options, cancellation);
            }

            if (record.Result?.Training is not { } learning)
            {
                throw new UserError(ExitCode.FailedPoints, $"{plan.Spec.Name} is recorded as failed: {record.Failure?.Message}");
            }

            Console.Out.WriteLine(TrainingReport.Print(record, options.Json));
            LearningFile.WriteCurve(Path.Combine(folder, CurveFile), learning.Curve);
            return OutputFile.CompleteAll((figure, draft => FigureFile.Save(LearningFigure.Of(learning.Curve), draft, FigureMillimetres)));
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InsufficientMemoryException or RunawayException)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }
    }

    private static SweepPlan PlanOf(string file)
    {
        SweepSpec spec;
        try
        {
            spec = SweepFile.Load(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable("sweep file", file, error);
        }

        if (spec.Training is null)
        {
            throw new UserError(
                ExitCode.Invalid, $"{file} is of simulations; write task: train, or run it with: {ShellCommand.Of("run", file)}");
        }

        var plan = new SweepPlan(spec);
        return plan.Count == 1
            ? plan
            : throw new UserError(ExitCode.Invalid, $"{file} has {plan.Count} points; train them all with: {ShellCommand.Of("run", file)}");
    }

    private static PointRecord Train(SweepPlan plan, string folder, Options options, CancellationToken cancellation)
    {
        var parameters = plan[0];
        using var store = ResultStore.Open(folder, StoredSpec.IdentityOf(plan, Provenance.OfThisRun()));
        if (store.TryGet(PointKey.Of(parameters), out var known) && known.Status != PointStatus.Failed)
        {
            Console.Error.WriteLine($"{plan.Spec.Name}: trained already, in {folder}");
            return StoreReader.Read(folder).First(record => record.Key == PointKey.Of(parameters) && record.Status == PointStatus.Ok);
        }

        var training = new LocalTraining(store, options.CheckpointInterval, options.TapeBytes)
        {
            OnProgress = progress => Console.Error.WriteLine(
                TrainingReport.Line(plan.Spec.Name, progress.Share, progress.Elapsed, progress.Curve)),
        };
        var record = training.Run(index: 0, parameters, cancellation);
        var (trained, untrained) = training.Networks!.Value;
        LearningFile.WriteWeights(Path.Combine(folder, WeightsFile), trained, untrained);
        return record;
    }
}
