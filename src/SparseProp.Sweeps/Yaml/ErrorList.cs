namespace SparseProp.Sweeps.Yaml;

/// <summary>Collects what is wrong with one file, so that the user sees all of it at once.</summary>
internal sealed class ErrorList(string file)
{
    /// <summary>A hostile or badly generated file can have half a million errors; nobody reads more than these.</summary>
    private const int Shown = 100;

    private readonly List<SweepFileError> _errors = [];
    private readonly HashSet<(Position, string)> _places = [];

    public string File => file;

    public int Count => _errors.Count;

    public bool Any => _errors.Count > 0;

    public bool Full => _errors.Count >= Shown;

    /// <summary>Notes an error unless the same key at the same place has one already: the first is the cause of the others.</summary>
    public void Add(Position at, string key, string message)
    {
        if (!Full && _places.Add((at, key)))
        {
            _errors.Add(new(file, at.Line, at.Column, key, message));
        }
    }

    /// <summary>Notes an error of another file.</summary>
    public void Add(SweepFileError error)
    {
        if (!Full)
        {
            _errors.Add(error);
        }
    }

    public SweepFileException ToException()
    {
        var sorted = _errors.OrderBy(e => e.Line).ThenBy(e => e.Column).ToList();
        if (Full)
        {
            var last = sorted[^1];
            sorted.Add(last with { Key = "", Message = $"only the first {Shown} errors are shown" });
        }

        return new(sorted);
    }

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw ToException();
        }
    }
}
