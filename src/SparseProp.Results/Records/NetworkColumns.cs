using SparseProp.Engine.Parameters;

namespace SparseProp.Results.Records;

/// <summary>What a network of populations adds to the columns of its points.</summary>
/// <param name="Parameters">What its file declares, and paths that the sweep gives values, made by <see cref="Parameter.OfNetwork"/>.</param>
/// <param name="Populations">Names of its populations.</param>
public sealed record NetworkColumns(IReadOnlyList<Parameter> Parameters, IReadOnlyList<string> Populations)
{
    /// <summary>As far as a record tells: units are unknown to it. Null for a record of the published network.</summary>
    internal static NetworkColumns? In(PointRecord? record) => record?.Parameters.NetworkValues is not { } values
        ? null
        : new(
            [.. values.All.Select(value => Parameter.OfNetwork(value.Name, "", value.Word is not null))],
            [.. record.Result?.Populations.Select(population => population.Name) ?? []]);

    /// <summary>These and what only the other has: a store may hold points of several files.</summary>
    internal NetworkColumns With(NetworkColumns? other) => other is null
        ? this
        : new(
            [.. Parameters, .. other.Parameters.Where(added => Parameters.All(known => known.Name != added.Name))],
            [.. Populations.Union(other.Populations)]);
}
