namespace SparseProp.Sweeps.Yaml;

/// <summary>A YAML value and where it begins.</summary>
internal abstract record Node(Position At)
{
    /// <summary>What the user wrote, in words for an error message.</summary>
    public abstract string Description { get; }
}

/// <param name="At">Where it begins.</param>
/// <param name="Text">The scalar without quotes.</param>
/// <param name="IsPlain">Whether it was written without quotes; a quoted number is a text.</param>
internal sealed record ScalarNode(Position At, string Text, bool IsPlain) : Node(At)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null";

    /// <summary>Whether the text stands in the file as it is, on one line and without escapes.</summary>
    public bool IsVerbatim { get; init; }

    public override string Description => IsNull ? "nothing" : IsPlain ? Shown : $"the quoted text \"{Shown}\"";

    /// <summary>The text, fit for a message.</summary>
    public string Shown => Excerpt.Of(Text);

    /// <summary>Where a character of the text stands in the file; where the value begins if that cannot be said.</summary>
    public Position PositionOf(int character) =>
        IsVerbatim ? At with { Column = At.Column + character + (IsPlain ? 0 : 1) } : At;
}

internal sealed record ListNode(Position At, IReadOnlyList<Node> Items) : Node(At)
{
    public override string Description => "a list";
}

internal sealed record MapNode(Position At, IReadOnlyList<MapEntry> Entries) : Node(At)
{
    public override string Description => "a mapping";
}

internal sealed record MapEntry(Position KeyAt, string Key, Node Value);
