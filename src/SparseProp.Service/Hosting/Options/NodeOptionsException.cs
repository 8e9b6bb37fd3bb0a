namespace SparseProp.Service.Hosting.Options;

/// <summary>Settings of a node that cannot be right; each error says where it was set and what to set instead.</summary>
public sealed class NodeOptionsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
