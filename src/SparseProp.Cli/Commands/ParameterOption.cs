using System.CommandLine;
using System.CommandLine.Parsing;
using SparseProp.Engine.Parameters;

namespace SparseProp.Cli.Commands;

/// <summary>The options of parameters, made from their declarations.</summary>
internal static class ParameterOption
{
    /// <summary>The option that gives a parameter.</summary>
    public static string NameOf(string parameter) => $"--{parameter.Replace('_', '-')}";

    public static Option<ParameterValue?> Of(Parameter parameter)
    {
        var standard = parameter.IsMandatory ? "" : $" [default: {parameter.TextOf(parameter.Default)}]";
        var option = new Option<ParameterValue?>(NameOf(parameter.Name))
        {
            Description = parameter.Help + standard,
            CustomParser = result => Parse(parameter, result),
        };
        if (parameter.IsText)
        {
            option.HelpName = string.Join('|', parameter.Vocabulary);
            option.CompletionSources.Clear();
            option.CompletionSources.Add([.. parameter.Vocabulary]);
        }

        return option;
    }

    private static ParameterValue? Parse(Parameter parameter, ArgumentResult result)
    {
        if (parameter.Kind == ParameterKind.Real)
        {
            return ParameterValue.Of(NumberOption.ParseReal(result));
        }

        var text = NumberOption.TextOf(result);
        if (parameter.IsText)
        {
            if (!parameter.TryParse(text, out var word))
            {
                result.AddError(WordOption.Refusal(
                    NumberOption.NameOf(result), text.Split(',').FirstOrDefault(part => !parameter.Vocabulary.Contains(part), text), parameter.Vocabulary));
            }

            return word;
        }

        var whole = NumberOption.ParseWhole(result);
        if (parameter.Kind == ParameterKind.Count && whole != (int)whole)
        {
            result.AddError($"{NumberOption.NameOf(result)} {text} is beyond the largest number, {int.MaxValue}");
        }

        return ParameterValue.Of(whole);
    }
}
