using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Runs the real program against the real API with a coordinator of the test's own.</summary>
public abstract class CommandTestBase : IDisposable
{
    protected WorkFolder Folder { get; } = new();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A sweep file named small.</summary>
    protected string SweepFile => Folder.Write("small.yaml", SmallStore.Text);

    private protected static Task<Finished> RunAsync(FakeCoordinator coordinator, params string[] arguments) =>
        Sparseprop.RunAsync([.. arguments, "--coordinator", coordinator.HostAndPort]);

    /// <summary>Starts a sweep that is asked for twice and then is as <paramref name="end"/> says.</summary>
    private protected static Func<IRequest, object?> EndsAs(FakeCoordinator coordinator, SweepStatus end) => request => request switch
    {
        Submit => new Submitted(FakeCoordinator.Status("small", recorded: 0), SubmitOutcome.Started, ["warning: mind the gap"]),
        GetSweep when coordinator.Requests.OfType<GetSweep>().Count() < 2 => FakeCoordinator.Status("small", recorded: 4),
        _ => end,
    };

    private protected static SweepStatus Finished(long failed = 0, long divergent = 0, params string[] notices) =>
        FakeCoordinator.Status("small", SweepState.Finished, recorded: 10, failed, divergent, notices: notices);

    private protected static void AssertFailure(Finished run, int exitCode, params string[] words)
    {
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.All(words, word => Assert.Contains(word, run.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    protected virtual void Dispose(bool disposing) => Folder.Dispose();
}
