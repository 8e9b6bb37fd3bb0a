using System.CommandLine;

namespace SparseProp.Cli.Tests.Documents;

/// <summary>What the documents point to is there, and the program understands the commands that they show.</summary>
public sealed class DocumentTests
{
    private static readonly RootCommand Root = CommandLine.CreateRoot();

    public static TheoryData<string> Names => [.. Document.All.Select(document => document.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryLinkLeadsSomewhere(string name)
    {
        var document = Document.Named(name);

        Assert.DoesNotContain(document.Links, link => !IsThere(document, link));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryFileOfTheRepositoryThatIsNamedIsThere(string name)
    {
        Assert.DoesNotContain(Document.Named(name).Paths, path => !Path.Exists(Path.Combine(Document.Root, path)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryCommandIsUnderstood(string name) =>
        Assert.All(Document.Named(name).Calls, call => Assert.Empty(UsageErrors.In(Root.Parse(call))));

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryCommandAndOptionThatIsMentionedIsThere(string name) =>
        Assert.All(Document.Named(name).MentionedCalls, call => Assert.DoesNotContain(UsageErrors.In(Root.Parse(call)), error => error.StartsWith("there is no", StringComparison.Ordinal)));

    [Fact]
    public void DocumentsHaveLinksAndPaths()
    {
        // What finds them finds some: else the tests above would say nothing.
        Assert.True(Document.All.Count >= 10);
        Assert.True(Document.All.Sum(document => document.Links.Count()) >= 30);
        Assert.True(Document.All.Sum(document => document.Paths.Count()) >= 20);
        Assert.True(Document.All.Sum(document => document.Calls.Count()) >= 60);
        Assert.True(Document.All.Sum(document => document.MentionedCalls.Count()) >= 20);
    }

    private static bool IsThere(Document document, string link)
    {
        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? document.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document.Path)!, parts[0]));
        return Path.Exists(path) && (parts.Length == 1 || new Document(path).Anchors.Contains(parts[1]));
    }
}
