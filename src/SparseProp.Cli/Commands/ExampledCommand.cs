using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using SparseProp.Cli.Display;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class ExampledCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Adds a rule about several options, which may read their values.</summary>
    public void Demand(Action<CommandResult> rule) => Validators.Add(result =>
    {
        try
        {
            rule(result);
        }
        catch (InvalidOperationException)
        {
            // The library's answer to reading an option whose value cannot be read. What is wrong with that value is told on its own.
        }
    });

    /// <summary>Lets the help of all commands below <paramref name="root"/> show their examples.</summary>
    public static void ShowExamples(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => help.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            using var text = new StringWriter();
            parseResult.InvocationConfiguration.Output = text;
            help.MaxWidth = int.MaxValue;
            var result = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;

            var width = Terminal.Width;
            output.WriteLine(HelpLayout.Fit(text.ToString(), width));
            if (parseResult.CommandResult.Command is ExampledCommand { Examples: { Count: > 0 } examples })
            {
                output.WriteLine("Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine(HelpLayout.Command(example, width));
                }

                output.WriteLine();
            }

            return result;
        }
    }
}
