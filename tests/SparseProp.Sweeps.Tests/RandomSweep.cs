using System.Globalization;
using CsCheck;

namespace SparseProp.Sweeps.Tests;

/// <summary>Random small sweep files, valid and with axes of every form.</summary>
internal static class RandomSweep
{
    public static Gen<string> Files { get; } =
        from grid in Gen.Shuffle(Axes("n", "k", "j0", "tau").Concat(Axes("rate")).ToArray())
        from used in Gen.Int[0, 3]
        from gridAxes in Gen.Select(Axis(grid[0]), Axis(grid[1]), Axis(grid[2]))
        from zipLength in Gen.Int[1, 4]
        from zipped in Gen.Select(ZipAxis("seed_ic", zipLength), ZipAxis("seed_net", zipLength))
        from hasZip in Gen.Bool
        select Text([(grid[0], gridAxes.Item1), (grid[1], gridAxes.Item2), (grid[2], gridAxes.Item3)], used, hasZip ? [zipped.Item1, zipped.Item2] : []);

    /// <summary>Likewise, many with lengths in seconds and with a zip that also moves what points cost.</summary>
    public static Gen<string> CostlyFiles { get; } =
        from text in Files
        from inSeconds in Gen.Bool
        from zip in Gen.OneOf(Gen.Const("zip:"), CostlyZip())
        let lengths = inSeconds ? text.Replace("{ spikes: 10 }", "{ seconds: 2 }", StringComparison.Ordinal) : text
        select lengths[..lengths.IndexOf("zip:", StringComparison.Ordinal)] + zip;

    private static string[] Axes(params string[] names) => names;

    private static Gen<string> Axis(string name) => name switch
    {
        "n" => Gen.OneOf(IntegerList(100, 500), IntegerRange(100, 500), Stepped(100, 500)),
        "k" => Gen.OneOf(IntegerList(1, 99), IntegerRange(1, 90), Stepped(1, 99)),
        _ => Gen.OneOf(RealList, IntegerRange(1, 9), Stepped(1, 9)),
    };

    private static Gen<string> ZipAxis(string name, int length) =>
        Gen.OneOf(
            Gen.Int[-50, 50].Select(first => $"{name}: {first}..{first + length - 1}"),
            Gen.Int[-50, 50].Array[length].Where(values => values.Distinct().Count() == length)
                .Select(values => $"{name}: [{string.Join(", ", values)}]"));

    private static Gen<string> IntegerList(int low, int high) =>
        Gen.Int[low, high].Array[1, 5].Select(values => $"[{string.Join(", ", values.Distinct())}]");

    private static Gen<string> IntegerRange(int low, int high) =>
        Gen.Select(Gen.Int[low, high - 5], Gen.Int[0, 4]).Select((first, more) => $"{first}..{first + more}");

    private static Gen<string> Stepped(int low, int high) =>
        from steps in Gen.Int[2, 6]
        from isLog in Gen.Bool
        from isDown in Gen.Bool
        let ends = isDown ? (high, low) : (low, high)
        select $"{{ from: {ends.Item1}, to: {ends.Item2}, steps: {steps}, scale: {(isLog ? "log" : "linear")} }}";

    private static Gen<string> RealList { get; } =
        Gen.Double[0.001, 10].Array[1, 5]
            .Select(values => $"[{string.Join(", ", values.Distinct().Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}]");

    private static Gen<string> CostlyZip() =>
        from g in Gen.Int[1, 3].Array[1, 8]
        from fraction in Gen.Int[0, 1].Array[g.Length]
        select $"zip:\n  g: [{string.Join(", ", g)}]\n  seed_net: 1..{g.Length}\n"
            + $"  excitatory_fraction: [{string.Join(", ", fraction.Select(f => f == 0 ? "0" : "0.2"))}]";

    private static string Text((string Name, string Values)[] axes, int used, string[] zip)
    {
        var grid = axes.Take(used).ToArray();
        var lines = new List<string> { "name: random", "model: lif", "stop: { spikes: 10 }", "grid:" };
        lines.AddRange(grid.Select(axis => $"  {axis.Name}: {axis.Values}"));
        lines.Add("fixed:");
        lines.AddRange(new[] { ("n", 100), ("k", 10) }
            .Where(given => grid.All(axis => axis.Name != given.Item1))
            .Select(given => $"  {given.Item1}: {given.Item2}"));
        lines.Add("zip:");
        lines.AddRange(zip.Select(axis => "  " + axis));
        return string.Join('\n', lines);
    }
}
