using System.CommandLine;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop completion</c>: prints what lets a shell complete the other commands.</summary>
internal static class CompletionCommand
{
    // The program itself knows what may come next: the parser's [suggest:POSITION] directive. It also offers options where a file is meant and
    // what only contains the word, so options are for words that begin with a dash, and where nothing is left there are files. Asked is the
    // program that the line begins with, which need not be in the PATH.
    private const string Bash = """
        _sparseprop() {
          local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]} known
          known=$("$1" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
          [[ $word == -* ]] || known=$(grep -v '^[-/]' <<< "$known")
          COMPREPLY=($(compgen -W "$known" -- "$word"))
        }
        complete -o bashdefault -o default -F _sparseprop sparseprop
        """;

    // As a file _sparseprop among zsh's functions, its first call is already for words to complete.
    private const string Zsh = """
        #compdef sparseprop
        _sparseprop() {
          local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
          local -a known
          known=(${(f)"$("${(Q)words[1]}" "[suggest:$#line]" "$line" 2>/dev/null)"})
          [[ $PREFIX == -* ]] || known=(${known:#[-/]*})
          compadd -a known || _files
        }
        if [[ $funcstack[1] == _sparseprop ]]; then
          _sparseprop
        else
          (( $+functions[compdef] )) || { autoload -Uz compinit; compinit; }
          compdef _sparseprop sparseprop
        fi
        """;

    private const string Fish = """
        function _sparseprop
          set -l words (commandline -opc)
          set -l word (commandline -ct)
          set -l line (string join ' ' -- $words $word)
          set -l known ($words[1] "[suggest:"(string length -- $line)"]" $line 2>/dev/null)
          string match -q -- '-*' $word; or set known (string match -v -r -- '^[-/]' $known)
          string join \n -- $known
        end
        complete -c sparseprop -a '(_sparseprop)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName sparseprop -ScriptBlock {
          param($word, $line, $position)
          & $line.CommandElements[0].Value "[suggest:$position]" "$line" 2>$null |
            Where-Object { $_ -like "$word*" -and ("$word" -like '-*' -or $_ -notmatch '^[-/]') } |
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
        WordOption.Restrict(shell, [.. Scripts.Keys]);
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
