using System.CommandLine;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop completion</c>: prints what lets a shell complete the other commands.</summary>
internal static class CompletionCommand
{
    // The program itself knows what may come next: the parser's [suggest:POSITION] directive. Where it knows nothing, there are files.
    private const string Bash = """
        _sparseprop() {
          local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]}
          COMPREPLY=($(compgen -W "$(sparseprop "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
        }
        complete -o bashdefault -o default -F _sparseprop sparseprop
        """;

    private const string Zsh = """
        #compdef sparseprop
        _sparseprop() {
          local -a words_known
          words_known=(${(f)"$(sparseprop "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
          if (( $#words_known )); then compadd -a words_known; else _files; fi
        }
        compdef _sparseprop sparseprop
        """;

    private const string Fish = """
        complete -c sparseprop -a '(sparseprop "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName sparseprop -ScriptBlock {
          param($word, $line, $position)
          sparseprop "[suggest:$position]" "$line" 2>$null |
            Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"{string.Join(", ", Scripts.Keys)}.", HelpName = string.Join('|', Scripts.Keys) };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new ExampledCommand(
            "completion",
            "Print a script by which a shell completes this program's commands, options and their values.",
            "source <(sparseprop completion bash)",
            "sparseprop completion fish > ~/.config/fish/completions/sparseprop.fish",
            "sparseprop completion pwsh >> $PROFILE")
        {
            shell,
        };
        command.SetAction(parsed => Console.Out.WriteLine(Scripts[parsed.GetRequiredValue(shell)]));
        return command;
    }
}
