using System.Buffers;
using System.Text.RegularExpressions;

namespace SparseProp.Cli.Tests.Documents;

/// <summary>A document of the repository, in Markdown.</summary>
internal sealed partial class Document(string path)
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "TestResults", "node_modules"];
    private static readonly string[] Folders = ["deploy", "k8s", "src", "tests"];

    // Of a path that stands for many.
    private static readonly SearchValues<char> Patterns = SearchValues.Create("*<>{}$…[]|");

    // What the reader makes by the commands around it.
    private static readonly string[] Made = ["/bin/", "k8s/setup/keys", "k8s/overlays/older"];

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Document> All { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories)
            .Where(file => !System.IO.Path.GetRelativePath(Root, file).Split('/', '\\').Any(part => Generated.Contains(part) || part.StartsWith('.')))
            .Order(StringComparer.Ordinal)
            .Select(file => new Document(file)),
    ];

    public string Path => path;

    /// <summary>Its path from the repository's folder.</summary>
    public string Name => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>What its links and pictures point to within the repository.</summary>
    public IEnumerable<string> Links => LinkForm().Matches(Prose).Select(link => link.Groups["to"].Value).Where(link => !link.Contains(':', StringComparison.Ordinal));

    /// <summary>Names of its headings, as links call them.</summary>
    public IReadOnlySet<string> Anchors => HeadingForm().Matches(File.ReadAllText(path)).Select(heading => AnchorOf(heading.Groups["text"].Value)).ToHashSet();

    /// <summary>Files and folders of the repository that code names.</summary>
    public IEnumerable<string> Paths => Code
        .SelectMany(code => WordForm().Matches(code).Select(word => word.Value.TrimEnd('.', ',', ';', ':', '/')))
        .Where(word => Folders.Contains(word.Split('/')[0]) && word.Contains('/', StringComparison.Ordinal) && !word.AsSpan().ContainsAny(Patterns) && !Made.Any(word.Contains))
        .Distinct();

    /// <summary>Calls of the program that stand on a line of their own, to be copied: what follows its name.</summary>
    public IEnumerable<string> Calls => CallsIn(Lines).Where(call => !PlaceholderForm().IsMatch(call));

    /// <summary>Calls of the program within sentences, where a word in capitals stands for many.</summary>
    public IEnumerable<string> MentionedCalls => [.. CallsIn(Lines).Where(call => PlaceholderForm().IsMatch(call)), .. CallsIn(Spans)];

    public static Document Named(string name) => All.Single(document => document.Name == name);

    // What it prints or costs may stand beside it, behind a wide gap.
    private static IEnumerable<string> CallsIn(IEnumerable<string> code) =>
        code.Select(line => CallForm().Match(line)).Where(call => call.Success).Select(call => call.Groups["words"].Value.Trim().Split("   ")[0]);

    private IEnumerable<string> Code => [.. Lines, .. Spans];

    // A command in a block goes on in the next line after a backslash.
    private IEnumerable<string> Lines =>
    [
        .. FenceForm().Matches(Text).SelectMany(block => block.Groups["code"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')),
        .. IndentedForm().Matches(WithoutFences.Replace("\\\n", " ", StringComparison.Ordinal)).Select(line => line.Groups["code"].Value),
    ];

    private IEnumerable<string> Spans =>
        SpanForm().Matches(IndentedForm().Replace(WithoutFences, "")).Select(span => span.Groups["code"].Value.Replace('\n', ' '));

    private string Prose => SpanForm().Replace(WithoutFences, "");

    private string WithoutFences => FenceForm().Replace(Text, "");

    private string Text => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string AnchorOf(string heading) =>
        new([.. heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "SparseProp.Cluster.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run in the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex LinkForm();

    [GeneratedRegex(@"^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex HeadingForm();

    [GeneratedRegex(@"^```[^\n]*\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FenceForm();

    [GeneratedRegex(@"^(    |\t)(?<code>.*)$", RegexOptions.Multiline)]
    private static partial Regex IndentedForm();

    [GeneratedRegex(@"`(?<code>[^`]+)`")]
    private static partial Regex SpanForm();

    // A call may be part of a pipe, have its output redirected, or be given variables before it.
    [GeneratedRegex("""^\s*(\$ )?([A-Z_]+=\S+ )*(sparseprop|dotnet run (-c Release )?--project src/SparseProp.Cli( -c Release)? --) (?<words>("[^"]*"|'[^']*'|(?! [12]>| # )[^"'|<>&;)])*)""")]
    private static partial Regex CallForm();

    [GeneratedRegex(@"(?<=\s)[A-Z]+(?=\s|$)")]
    private static partial Regex PlaceholderForm();

    [GeneratedRegex(@"[^\s`""'()=,]+")]
    private static partial Regex WordForm();
}
