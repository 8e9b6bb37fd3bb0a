using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Engine;
using SparseProp.Results.Plots;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results plot</c>: figures of a store, as files for print.</summary>
internal static class PlotCommand
{
    private const string Iteration = "iteration";

    private static readonly string[] StandardFiles = ["plot.png", "plot.svg"];

    public static Command Create()
    {
        var options = new Options();
        var command = new ExampledCommand(
            "plot",
            "Draw what was measured over a parameter, with error bars and fitted power laws; or distributions, correlations, spectra.",
            "sparseprop results plot STORE --x n --y ns_per_event,rate --by k --log xy",
            "sparseprop results plot STORE --x k --y rate --by model --where \"n = 1e4 and j0 < 2\"",
            "sparseprop results plot STORE --x n --y us_per_spike --reference deploy/sweeps/paper-benchmark.csv --out scaling.svg",
            "sparseprop results plot STORE --histogram rate --by n,k",
            "sparseprop results plot STORE --x iteration --y loss --by learning_rate");
        options.AddTo(command);
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed, options.StoreIn(parsed), folder => Run(options.Read(parsed, folder)), cancellation));
        return command;
    }

    private static int Run(PlotRequest request)
    {
        var damage = new DamageReport("the figure");
        List<OutputFile> files = [];
        try
        {
            if (request.Files.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            {
                throw new UserError(ExitCode.Invalid, $"--out names {twice.First()} more than once");
            }

            foreach (var file in request.Files)
            {
                FigureFile.RefuseUnknown(file);
                files.Add(OutputFile.Open(file, request.Force));
            }

            var figure = Draw(request, damage);
            Console.Out.Write(request.IsJson ? PlotReport.Json(figure, request.Files) : PlotReport.Text(figure));
            foreach (var note in (IEnumerable<string>)[.. figure.Notes, .. request.Points.OthersLeftOut is { } others ? (string[])[others] : []])
            {
                Console.Error.WriteLine($"sparseprop: {note}");
            }

            var told = damage.Tell();
            var written = OutputFile.CompleteAll(
                [.. files.Select(file => ((OutputFile?)file, (Action<string>)(draft => FigureFile.Save(figure, draft, request.Millimetres))))]);
            if (written == ExitCode.Ok)
            {
                Console.Error.WriteLine($"drawn: {string.Join(", ", request.Files.Select(VisibleText.Line))}");
            }

            return Math.Max(told, written);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new UserError(ExitCode.Invalid, error.Message);
        }
        catch (NothingToPlotException error)
        {
            throw new UserError(ExitCode.Failed, request.Points.NothingMet ?? error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static Figure Draw(PlotRequest request, DamageReport damage)
    {
        if (request.List is { } list)
        {
            return ListFigure.Of(list, request.By, Read, request.Columns);
        }

        var question = new ScalingQuestion(request.X!, request.Values, request.By)
        {
            Logarithmic = request.Logarithmic,
            FitsPowerLaws = request.FitsPowerLaws,
            References = [.. request.References.Select(file => ReferenceCurve.Read(file, request.Columns))],
        };
        return ScalingFigure.Of(question, Read, request.Columns);

        IEnumerable<PointRecord> Read()
        {
            damage.Clear();
            return request.Points.Of(StoreReader.Read(request.Store, damage.Add));
        }
    }

    private sealed class Options
    {
        private readonly Argument<string> _store = StoreSource.Argument();
        private readonly Option<string?> _x = new("--x")
        {
            Description = $"The parameter to the right, such as n; or {Iteration}, for the learning curves of training.",
        };

        private readonly Option<string> _y = new("--y")
        {
            Description = "Values such as rate,cv,ns_per_event: a panel for each.",
            DefaultValueFactory = _ => "rate_hz",
        };

        private readonly Option<string?> _by = new("--by")
        {
            Description = "Parameters such as k,j0: a series for each combination. All that vary where nothing is said.",
        };

        private readonly Option<string?> _where = PointSelection.Option();

        private readonly Option<string?> _log = OneOf("--log", "Logarithmic axes. Those of wide range where nothing is said.", "none", "x", "y", "xy");

        private readonly Option<string?> _fit = OneOf(
            "--fit", "Power laws y = a x^b through the means. Where both axes are logarithmic if nothing is said.", "none", "power");

        private readonly Option<string[]> _references = new("--reference")
        {
            Description = "A curve to compare with: FILE.csv with a header such as n,us_per_spike. May be given several times.",
            DefaultValueFactory = _ => [],
        };

        private readonly Option<string?> _histogram = OneOf("--histogram", "Draw neurons by their rate or CV.", "rate", "cv");
        private readonly Option<bool> _autocorrelation = new("--autocorrelation") { Description = "Draw the population's autocorrelation." };
        private readonly Option<bool> _spectrum = new("--spectrum") { Description = "Draw Lyapunov exponents over index / n." };

        private readonly Option<string[]> _out = new("--out")
        {
            Description = "FILE.png or FILE.svg. May be given several times.",
            DefaultValueFactory = _ => StandardFiles,
        };

        private readonly Option<bool> _force = CommonOptions.Force();
        private readonly Option<double> _width = NumberOption.Real("--width", "Width of the figure in millimetres; letters stay 8 points.", 120);
        private readonly Option<bool> _json = CommonOptions.Json();

        public void AddTo(Command command)
        {
            foreach (var symbol in new Symbol[]
            {
                _store, _x, _y, _by, _where, _log, _fit, _references, _histogram, _autocorrelation, _spectrum, _out, _force, _width, _json,
            })
            {
                if (symbol is Option option)
                {
                    command.Add(option);
                }
                else
                {
                    command.Add((Argument)symbol);
                }
            }
        }

        public string StoreIn(ParseResult parsed) => parsed.GetRequiredValue(_store);

        public PlotRequest Read(ParseResult parsed, string folder)
        {
            var (x, list) = (parsed.GetValue(_x), List(parsed));
            var columns = ColumnNames.Of(folder);
            if (x == Iteration && list is null)
            {
                return Read(parsed, folder, columns, x: null, LearningCurve(parsed.GetRequiredValue(_y)), values: []);
            }

            if ((x is null) == (list is null))
            {
                throw new UserError(
                    ExitCode.Invalid, "say one of --x PARAMETER, --histogram rate, --histogram cv, --autocorrelation and --spectrum");
            }

            var values = columns.Values("--y", parsed.GetRequiredValue(_y));
            if (values.Count == 0)
            {
                throw new UserError(ExitCode.Invalid, "--y: name one value or more, such as rate,cv");
            }

            return Read(parsed, folder, columns, x, list, values);
        }

        private PlotRequest Read(ParseResult parsed, string folder, ColumnNames columns, string? x, ListKind? list, IReadOnlyList<RecordColumn> values) =>
            new(folder, x is null ? null : columns.Parameter("--x", x), list)
            {
                Values = values,
                By = parsed.GetValue(_by) is { } by ? columns.Parameters("--by", by) : null,
                Columns = columns.Columns,
                Points = new PointSelection(parsed.GetValue(_where), columns.Columns, TableCommand.PlanOf(folder)),
                Logarithmic = parsed.GetValue(_log) switch
                {
                    null => LogarithmicAxes.Automatic,
                    "x" => LogarithmicAxes.X,
                    "y" => LogarithmicAxes.Y,
                    "xy" => LogarithmicAxes.Both,
                    _ => LogarithmicAxes.None,
                },
                FitsPowerLaws = parsed.GetValue(_fit) switch { null => null, "power" => true, _ => false },
                References = parsed.GetRequiredValue(_references),
                Files = parsed.GetRequiredValue(_out),
                Force = parsed.GetValue(_force),
                Millimetres = parsed.GetValue(_width) is >= FigureFile.Narrowest and <= FigureFile.Widest and var width
                    ? width
                    : throw new UserError(ExitCode.Invalid, $"--width takes {FigureFile.Narrowest} to {FigureFile.Widest} millimetres"),
                IsJson = parsed.GetValue(_json),
            };

        private static ListKind LearningCurve(string y) =>
            ListKind.LearningCurves.TryGetValue(y, out var curve)
                ? curve
                : throw new UserError(
                    ExitCode.Invalid,
                    $"--y: '{y}' is no column of a learning curve{NearestName.Hint(y, ListKind.LearningCurves.Keys)}; "
                    + $"there are {string.Join(", ", ListKind.LearningCurves.Keys)}, one in a figure");

        private ListKind? List(ParseResult parsed)
        {
            List<ListKind> asked =
            [
                .. parsed.GetValue(_histogram) switch
                {
                    null => [],
                    "rate" => [ListKind.RateHistogram],
                    _ => new[] { ListKind.CvHistogram },
                },
                .. parsed.GetValue(_autocorrelation) ? [ListKind.Autocorrelation] : Array.Empty<ListKind>(),
                .. parsed.GetValue(_spectrum) ? [ListKind.Spectrum] : Array.Empty<ListKind>(),
            ];
            return asked.Count <= 1 ? asked.FirstOrDefault() : throw new UserError(ExitCode.Invalid, "a figure shows one of these at a time");
        }

        private static Option<string?> OneOf(string name, string description, params string[] words)
        {
            var option = new Option<string?>(name) { Description = description };
            WordOption.Restrict(option, words);
            return option;
        }
    }
}
