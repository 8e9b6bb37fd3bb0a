using System.Diagnostics;
using System.Globalization;

namespace SparseProp.Chaos;

/// <summary>A node as a process of its own, which may be killed, stopped and woken.</summary>
public sealed class NodeUnderTest : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _http = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];

    /// <param name="name">For messages.</param>
    /// <param name="host">Where it runs; null for this machine's own network.</param>
    /// <param name="folder">Of the program.</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="variables">Of its environment, beside those of this process.</param>
    public NodeUnderTest(
        string name, HostUnderTest? host, string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        (Name, Host) = (name, host);

        // What ip starts takes its place: it is this process that signals go to.
        string[] launcher = host is null ? [] : ["ip", "netns", "exec", host.Namespace];
        string[] command = [.. launcher, "dotnet", Path.Combine(folder, "sparseprop.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in variables)
        {
            start.Environment[variable] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>Where it runs; null for this machine's own network.</summary>
    public HostUnderTest? Host { get; }

    /// <summary>HOST:PORT of remoting, once the node has said so.</summary>
    public Task<string> Listening => _listening.Task;

    /// <summary>Address of the HTTP API, once the node has said so.</summary>
    public Task<string> Http => _http.Task;

    public bool IsRunning => !_process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it said on standard error, with the time.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        Signal("KILL");
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    public async Task<int> TerminateAsync(TimeSpan patience)
    {
        Signal("TERM");
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} did not end within {patience} of SIGTERM:\n{string.Join('\n', Log.TakeLast(30))}");
        }

        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still as if its machine did.</summary>
    public void Stop() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Wake() => Signal("CONT");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    // The shell's own kill: the program of that name is not on every machine.
    private void Signal(string signal)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {_process.Id}")]);
        kill.WaitForExit();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            var ended = new InvalidOperationException($"{Name} has ended");
            _listening.TrySetException(ended);
            _http.TrySetException(ended);
        }
        else if (line.StartsWith("listening ", StringComparison.Ordinal))
        {
            _listening.TrySetResult(line["listening ".Length..]);
        }
        else if (line.StartsWith("http ", StringComparison.Ordinal))
        {
            _http.TrySetResult(line["http ".Length..]);
        }
        else
        {
            Note(line);
        }
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.f} {line}"));
            }
        }
    }
}
