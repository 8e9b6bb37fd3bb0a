using System.CommandLine;
using SparseProp.Engine;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands.Results;

/// <summary>The stores that a command reads: folders, or sweeps on a coordinator, whose stores are copied for as long as it runs.</summary>
internal sealed class StoreSource
{
    private readonly CoordinatorOptions _coordinator = new();
    private readonly bool _tellsMissing;

    /// <param name="command">Gets the options that say where the coordinator is.</param>
    /// <param name="tellsMissing">Whether it is told, when all else has been said, that a store lacks points of its sweep.</param>
    public StoreSource(Command command, bool tellsMissing = true)
    {
        _tellsMissing = tellsMissing;
        _coordinator.AddTo(command);
    }

    /// <summary>The argument that names a store.</summary>
    public static Argument<string> Argument(string name = "STORE") => new(name) { Description = "The store's folder, or the name of a sweep on the coordinator." };

    /// <summary>Runs a command on one store.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="given">The folder or name.</param>
    /// <param name="run">What to do with the folder of the store.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What <paramref name="run"/> returns.</returns>
    /// <exception cref="UserError">There is no such folder, and the coordinator has no such sweep.</exception>
    public Task<int> UseAsync(ParseResult parsed, string given, Func<string, int> run, CancellationToken cancellation) =>
        UseAsync(parsed, [given], folders => run(folders[0]), cancellation);

    /// <inheritdoc cref="UseAsync(ParseResult, string, Func{string, int}, CancellationToken)"/>
    public async Task<int> UseAsync(
        ParseResult parsed, IReadOnlyList<string> given, Func<IReadOnlyList<string>, int> run, CancellationToken cancellation)
    {
        if (given.FirstOrDefault(File.Exists) is { } file)
        {
            throw new UserError(ExitCode.Invalid, $"{file} is a file; name the folder of a result store, or a sweep on the coordinator");
        }

        if (given.All(name => !IsSweep(name)))
        {
            return RunAndTell(given, given, run);
        }

        var copies = Directory.CreateTempSubdirectory("sparseprop-").FullName;

        // Also where the process ends in the middle of reading them.
        void Remove(object? sender, EventArgs e) => Directory.Delete(copies, recursive: true);
        AppDomain.CurrentDomain.ProcessExit += Remove;
        try
        {
            var folders = new List<string>();
            foreach (var name in given)
            {
                folders.Add(IsSweep(name) ? await CopyAsync(parsed, name, Path.Combine(copies, $"{folders.Count}"), cancellation) : name);
            }

            return RunAndTell(folders, given, run);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= Remove;
            Directory.Delete(copies, recursive: true);
        }
    }

    private int RunAndTell(IReadOnlyList<string> folders, IReadOnlyList<string> names, Func<IReadOnlyList<string>, int> run)
    {
        var code = run(folders);
        foreach (var (folder, name) in _tellsMissing ? folders.Zip(names).Distinct() : [])
        {
            MissingPoints.Tell(folder, name);
        }

        return code;
    }

    private static string Near(string name) =>
        NearestName.Hint(name, Directory.EnumerateDirectories(".").Select(folder => Path.GetFileName(folder)));

    // The name of a sweep has no slash, so ./NAME is always a folder.
    private static bool IsSweep(string given) => SweepSpec.IsName(given) && !Directory.Exists(given);

    private async Task<string> CopyAsync(ParseResult parsed, string sweep, string into, CancellationToken cancellation)
    {
        var folder = Path.Combine(into, sweep);
        try
        {
            await _coordinator.UseAsync(
                parsed,
                async client =>
                {
                    await client.FetchStoreAsync(sweep, folder, cancellation);
                    return ExitCode.Ok;
                });
        }
        catch (UserError failed)
        {
            // How to start a coordinator is no answer to a folder's name that is misspelt.
            throw new UserError(failed.ExitCode, $"there is no folder {sweep}{Near(sweep)}, and as for a sweep of that name: {failed.Message.Split('\n')[0]}");
        }

        return folder;
    }
}
