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

    public static Document Named(string name) => All.Single(document => document.Name == name);

    // A command in a block goes on in the next line after a backslash.
    private IEnumerable<string> Code
    {
        get
        {
            var text = File.ReadAllText(path).ReplaceLineEndings("\n");
            var blocks = FenceForm().Matches(text).SelectMany(block => block.Groups["code"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));
            var prose = FenceForm().Replace(text, "");
            var indented = IndentedForm().Matches(prose.Replace("\\\n", " ", StringComparison.Ordinal)).Select(line => line.Groups["code"].Value);
            var spans = SpanForm().Matches(IndentedForm().Replace(prose, "")).Select(span => span.Groups["code"].Value.Replace('\n', ' '));
            return [.. blocks, .. indented, .. spans];
        }
    }

    private string Prose => SpanForm().Replace(FenceForm().Replace(File.ReadAllText(path).ReplaceLineEndings("\n"), ""), "");

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

    [GeneratedRegex(@"[^\s`""'()=,]+")]
    private static partial Regex WordForm();
}
