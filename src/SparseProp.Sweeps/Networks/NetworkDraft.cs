using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>What has been read of a network so far.</summary>
internal sealed class NetworkDraft(ErrorList errors, NetworkFiles files)
{
    public ErrorList Errors => errors;

    public NetworkFiles Files => files;

    public SlotTable Slots { get; } = new(errors);

    public Dictionary<string, PopulationTemplate> Populations { get; } = [];

    /// <summary>Names that stand for populations, readable or not.</summary>
    public HashSet<string> PopulationNames { get; } = [];

    public Dictionary<string, DeclaredParameter> Parameters { get; } = [];

    public List<ProjectionTemplate> Projections { get; } = [];

    public List<InputTemplate> Inputs { get; } = [];

    public List<InitialTemplate> Initial { get; } = [];

    public List<OverrideTemplate> Overrides { get; } = [];

    public SelectionList Silenced { get; set; } = SelectionList.Empty;

    /// <summary>Reads a file, and notes at a place of the network's what is wrong with it.</summary>
    public T? Load<T>(Position at, string key, Func<T> read)
        where T : class => Load(errors, at, key, read);

    /// <summary>Reads a file, and notes among these errors what is wrong with it.</summary>
    public static T? Load<T>(ErrorList errors, Position at, string key, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (DataFormatException wrong)
        {
            errors.Add(at, key, wrong.Message);
            return null;
        }
    }
}
