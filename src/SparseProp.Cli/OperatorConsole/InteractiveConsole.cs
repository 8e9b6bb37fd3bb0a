using SparseProp.Cli.Display;
using SparseProp.Client;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.OperatorConsole;

/// <summary>A console on a terminal: history, completion, and Ctrl-C for a command that goes on.</summary>
/// <param name="address">The node.</param>
/// <param name="line">The way to it.</param>
/// <param name="output">Runs commands.</param>
internal sealed class InteractiveConsole(HostPort address, ConsoleLine line, CommandOutput output)
{
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(50);

    private readonly EditedLine _edited = new();
    private readonly string _prompt = VisibleText.Line($"[{address}] pbm> ");

    /// <summary>Reads and runs commands until <c>exit</c>, Ctrl-D, or the process is to end.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        // Here it is a key like others.
        Console.TreatControlCAsInput = true;
        var palettes = await line.ListAsync(cancellation);
        Console.WriteLine($"Palettes: {string.Join(", ", palettes.Palettes.Select(palette => palette.Name))}. 'help' explains them, Tab completes, 'exit' ends.");
        while (await ReadAsync(cancellation) is { } text)
        {
            if (CommandWords.In(text) is not { } words)
            {
                await Console.Error.WriteLineAsync($"sparseprop: {CommandWords.Unclosed}");
                continue;
            }

            if (words is ["exit" or "quit"])
            {
                break;
            }

            if (words.Count > 0)
            {
                await RunAsync(words, cancellation);
            }
        }

        return ExitCode.Ok;
    }

    /// <summary>What was written; null where no more comes.</summary>
    private async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        _edited.Clear();
        Show();
        while (true)
        {
            var key = await KeyAsync(cancellation);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    Console.WriteLine();
                    return _edited.Take();
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when _edited.Text.Length == 0:
                    Console.WriteLine();
                    return null;
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    Console.WriteLine("^C");
                    _edited.Clear();
                    break;
                case { Key: ConsoleKey.Tab }:
                    await CompleteAsync(cancellation);
                    break;
                default:
                    Edit(key);
                    break;
            }

            Show();
        }
    }

    private void Edit(ConsoleKeyInfo key)
    {
        var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _edited.Move(-1); break;
            case ConsoleKey.RightArrow: _edited.Move(1); break;
            case ConsoleKey.Home: _edited.MoveToStart(); break;
            case ConsoleKey.End: _edited.MoveToEnd(); break;
            case ConsoleKey.UpArrow: _edited.RecallEarlier(); break;
            case ConsoleKey.DownArrow: _edited.RecallLater(); break;
            case ConsoleKey.Backspace: _edited.DeleteBefore(); break;
            case ConsoleKey.Delete: _edited.DeleteAfter(); break;
            case ConsoleKey.A when isControl: _edited.MoveToStart(); break;
            case ConsoleKey.E when isControl: _edited.MoveToEnd(); break;
            case ConsoleKey.W when isControl: _edited.DeleteWord(); break;
            case ConsoleKey.U when isControl: _edited.Clear(); break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _edited.Insert(key.KeyChar.ToString());
                }

                break;
        }
    }

    private async Task CompleteAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> candidates;
        try
        {
            candidates = await line.CompleteAsync(_edited.Text[.._edited.Cursor], cancellation);
        }
        catch (Exception failure) when (failure is CoordinatorException or CoordinatorUnreachableException or MalformedAnswerException)
        {
            // The next command will say what is wrong.
            return;
        }

        if (!_edited.Complete(candidates) && candidates.Count > 0)
        {
            Console.WriteLine($"\n{string.Join("  ", candidates.Select(VisibleText.Line))}");
        }
    }

    private async Task RunAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = output.RunAsync(words, stop.Token);
        try
        {
            while (await Task.WhenAny(running, Task.Delay(KeyInterval, cancellation)) != running)
            {
                if (Console.KeyAvailable && Console.ReadKey(intercept: true) is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
                {
                    await stop.CancelAsync();
                }
            }

            await running;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Console.WriteLine("^C");
        }
        catch (Exception failure) when (failure is CoordinatorException or CoordinatorUnreachableException or MalformedAnswerException)
        {
            // The node may come back; the console stays.
            await Console.Error.WriteLineAsync($"sparseprop: {failure.Message}");
        }
    }

    private static async Task<ConsoleKeyInfo> KeyAsync(CancellationToken cancellation)
    {
        while (!Console.KeyAvailable)
        {
            await Task.Delay(KeyInterval, cancellation);
        }

        return Console.ReadKey(intercept: true);
    }

    // A pasted or recalled line is shown as it is seen elsewhere, and the cursor stands where its place in that is.
    private void Show()
    {
        var (before, after) = (VisibleText.Line(_edited.Text[.._edited.Cursor]), VisibleText.Line(_edited.Text[_edited.Cursor..]));
        Terminal.Steer($"\r\u001b[K{_prompt}{before}{after}\r\u001b[{_prompt.Length + before.Length}C");
    }
}
