using System.CommandLine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Commands;

/// <summary>Values of a network's parameters on the command line.</summary>
internal static class NetworkOptions
{
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Give a parameter of the network another value, such as --set g=5 or --set 'populations.E.tau=10 ms'; may be given several times.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads the file.</summary>
    /// <exception cref="UserError">There is no such file.</exception>
    public static NetworkTemplate Load(string path)
    {
        try
        {
            return NetworkTemplate.Load(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable("network file", path, error);
        }
    }

    /// <summary>The network with the values that were given; what is doubtful is told on standard error.</summary>
    /// <exception cref="UserError">A value is none, or the network cannot be simulated with them.</exception>
    public static NetworkEvaluation Evaluate(NetworkTemplate template, IReadOnlyList<string> set)
    {
        var evaluation = template.Evaluate(ValuesOf(template, set));
        if (evaluation.Errors.Count > 0)
        {
            throw new UserError(ExitCode.Invalid, string.Join('\n', evaluation.Errors)) { IsPlain = true };
        }

        foreach (var warning in evaluation.Warnings)
        {
            Console.Error.WriteLine(warning);
        }

        return evaluation;
    }

    private static NetworkValues ValuesOf(NetworkTemplate template, IReadOnlyList<string> set)
    {
        var values = NetworkValues.Empty;
        foreach (var pair in set)
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0)
            {
                throw new UserError(ExitCode.Invalid, $"--set takes NAME=VALUE such as g=5, not '{pair}'");
            }

            var (name, text) = (pair[..split].Trim(), pair[(split + 1)..].Trim());
            if (NetworkTemplate.IsSeed(name))
            {
                throw new UserError(ExitCode.Invalid, $"--set {name}: seeds are options of simulate; write {ParameterOption.NameOf(name)} {text}");
            }

            if (template.Find(name) is not { } parameter)
            {
                throw new UserError(ExitCode.Invalid, $"--set {name}: {template.UnknownParameter(name)}");
            }

            if (values.Find(name) is not null)
            {
                throw new UserError(ExitCode.Invalid, $"--set {name}: the parameter is given twice; keep one");
            }

            values = parameter.Read(text, out var fault) is { } value
                ? values.With(parameter.ValueOf(value))
                : throw new UserError(ExitCode.Invalid, $"--set {name}: {fault}");
        }

        return values;
    }
}
