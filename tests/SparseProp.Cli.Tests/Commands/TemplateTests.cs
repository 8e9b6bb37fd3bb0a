using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Templates of jobs, whose commands must be ones that the program understands.</summary>
public sealed partial class TemplateTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "templates");

    public static TheoryData<string> Templates => [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Templates))]
    public void EveryCommandIsUnderstood(string template)
    {
        var calls = CallsIn(template).ToList();

        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Empty(CommandLine.CreateRoot().Parse(call).Errors));
    }

    [Theory]
    [InlineData("github-sweep.yml")]
    [InlineData("gitlab-sweep.yml")]
    public void WhatIsInstalledIsPackedFromSourcesAndTakenFromNowhereElse(string template)
    {
        var text = File.ReadAllText(Path.Combine(Folder, template));

        var packed = Packed().Match(text);
        Assert.True(packed.Success);
        var project = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "project", "SparseProp.Cli.csproj"));
        Assert.Equal("src/SparseProp.Cli", packed.Groups["project"].Value);
        Assert.Equal("true", project.Descendants("PackAsTool").Single().Value);
        var installed = Installed().Matches(text);
        Assert.Equal(packed.Groups["folder"].Value, Assert.Single(installed).Groups["folder"].Value);
        Assert.Equal(project.Descendants("PackageId").Single().Value, installed[0].Groups["package"].Value);
    }

    // A variable of the job is a word of its own, an array is none.
    private static IEnumerable<string[]> CallsIn(string template) => File.ReadLines(Path.Combine(Folder, template))
        .Where(line => !line.TrimStart().StartsWith('#'))
        .SelectMany(line => Call().Matches(line))
        .Select(call => (string[])[.. CommandLineParser.SplitCommandLine(Variable().Replace(Array().Replace(call.Groups["words"].Value, ""), ValueOf))]);

    [GeneratedRegex("""(?:^|[-(:&|]|run:|until|exec)\s*(?:sparseprop|"\$sparseprop"|"\$\{SPARSEPROP:-sparseprop\}")\s(?<words>("[^"]*"|[^"|<>&)\n])*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();

    private static string ValueOf(Match variable) => variable.Groups["name"].Value == "shard" ? "1/8" : "8";

    [GeneratedRegex("""\$(\{(?<name>\w+)[^}]*\}|(?<name>\w+))""", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex(@"""\$\{[a-z]+\[@\]\}""")]
    private static partial Regex Array();

    [GeneratedRegex("""dotnet pack \S*?(?<project>src/\S+) .*--output "?(?<folder>[^"\s]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Packed();

    [GeneratedRegex("""dotnet tool update --global (?<package>\S+) --source "?(?<folder>[^"\s]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Installed();
}
