using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Files where folders are wanted, folders where files are, and places that the user may not touch.</summary>
public sealed class PlaceTests : CommandTestBase
{
    private const string SetPriv = "/usr/bin/setpriv";

    // Nobody, on every Linux.
    private const string Stranger = "65534";

    [Theory]
    [InlineData("run")]
    [InlineData("submit")]
    [InlineData("train")]
    public async Task AFolderIsNoSweepFile(string command)
    {
        var folder = Directory.CreateDirectory(Folder.In("sweeps")).FullName;

        AssertFailure(await Sparseprop.RunAsync(command, folder), ExitCode.Invalid, $"{folder} is a folder; name the sweep file in it");
    }

    [Theory]
    [InlineData("small.yaml")]
    [InlineData("other.yaml")]
    [InlineData("other.yml")]
    public async Task AFileIsNoFolderForResults(string name)
    {
        var sweep = SweepFile;
        var given = Folder.In(name);

        AssertFailure(await Sparseprop.RunAsync("run", sweep, "--out", given), ExitCode.Invalid, $"not the file {given}; write --out {Path.ChangeExtension(given, null)}");
        Assert.Equal([sweep], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(sweep)!));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("export")]
    [InlineData("verify")]
    [InlineData("report")]
    public async Task AFileIsNoStore(string command)
    {
        var file = SweepFile;

        AssertFailure(await Sparseprop.RunAsync("results", command, file), ExitCode.Invalid, $"{file} is a file; name the folder of a result store");
    }

    [Fact]
    public async Task AStoreThatIsNeitherFolderNorSweepIsNamed()
    {
        // Nobody listens at this port.
        var run = await Sparseprop.RunAsync("results", "table", "nosuch", "--coordinator", "127.0.0.1:1");

        AssertFailure(run, ExitCode.Unreachable, "there is no folder nosuch, and as for a sweep of that name: no coordinator is ready");
    }

    [Fact]
    public async Task AFolderOfAnotherUserIsRefusedInOneSentence()
    {
        var sweep = SweepFile;
        var closed = Directory.CreateDirectory(Folder.In("closed")).FullName;
        OpenToAll(Folder.Path);

        var run = await RunAsStrangerAsync("run", sweep, "--out", Path.Combine(closed, "store"));

        AssertFailure(run, ExitCode.Failed, "cannot be written", "Choose a folder that this user may write to");
        Assert.Empty(Directory.EnumerateFileSystemEntries(closed));
    }

    [Fact]
    public async Task APortForTheSystemOnlyIsRefusedInOneSentence()
    {
        var run = await RunAsStrangerAsync("node", "worker", "--join", "127.0.0.1:1", "--listen", "127.0.0.1:1");

        AssertFailure(run, ExitCode.Failed, "--listen 127.0.0.1:1: this user may not listen there; name a port from 1024 on");
    }

    private static async Task<Finished> RunAsStrangerAsync(params string[] arguments)
    {
        Assert.SkipUnless(Environment.UserName == "root" && File.Exists(SetPriv), "only root can take another user's place");

        // The program's folder may be closed to others, and nobody has no home.
        var program = Directory.CreateTempSubdirectory("sparseprop-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            {
                File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
            }

            OpenToAll(program);
            using var process = Sparseprop.StartBy(
                $"host=$1; shift 2; exec {SetPriv} --reuid={Stranger} --regid={Stranger} --clear-groups env HOME={program} \"$host\" {program}/sparseprop.dll \"$@\"", arguments);
            return await Sparseprop.FinishAsync(process);
        }
        finally
        {
            Directory.Delete(program, recursive: true);
        }
    }

    private static void OpenToAll(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }
}
