namespace SparseProp.Deployment.Tests.Systemd;

/// <summary>A unit, and the sample files that its environment comes from.</summary>
internal sealed class UnitFile
{
    private const string Samples = "systemd";

    private readonly List<(string Name, string Value)> _assignments;

    private UnitFile(string text) => _assignments = [.. Assignments(text)];

    /// <summary>The unit of this file name.</summary>
    public static UnitFile Read(string name) => new(File.ReadAllText(PathOf(name)));

    /// <summary>The last value of a name, which counts.</summary>
    public string this[string name] => _assignments.Last(assignment => assignment.Name == name).Value;

    /// <summary>Variables of the process: of the files first, as systemd does it, the last of a name counts.</summary>
    public IEnumerable<(string Name, string Value)> Environment =>
    [
        .. All("Environment").Select(Assignment),
        .. All("EnvironmentFile").SelectMany(
            file => Assignments(File.ReadAllText(PathOf(Path.GetFileName(file.Replace("%i", "1", StringComparison.Ordinal)))))),
    ];

    /// <summary>A time such as 70s, as the units have it.</summary>
    public TimeSpan Time(string name) =>
        TimeSpan.FromSeconds(int.Parse(this[name].TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture));

    private IEnumerable<string> All(string name) =>
        _assignments.Where(assignment => assignment.Name == name).Select(assignment => assignment.Value);

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, Samples, name);

    private static IEnumerable<(string Name, string Value)> Assignments(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] is not ('[' or ';'))
            // What is commented out is offered to the reader, and has to be right as well.
            .Where(line => line[0] != '#' || line.StartsWith("#SPARSEPROP_", StringComparison.Ordinal))
            .Select(line => Assignment(line.TrimStart('#')));

    private static (string Name, string Value) Assignment(string line) =>
        line.Split('=', 2) is [var name, var value] ? (name, value) : throw new FormatException($"'{line}' is no NAME=VALUE");
}
