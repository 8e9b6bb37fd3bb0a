using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Checks;

/// <summary>The columns that the points of a sweep have.</summary>
public static class PlanColumns
{
    public static RecordColumns Of(SweepSpec spec) => RecordColumns.Of(NetworkOf(spec));

    /// <summary>What the sweep's network adds to them: what its file declares, and paths that the sweep gives values. Null for the published network.</summary>
    public static NetworkColumns? NetworkOf(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Network is not { } network
            ? null
            : new(
                [
                    .. network.Template.Parameters.Select(declared => declared.Parameter)
                        .Concat(spec.Grid.Concat(spec.Zip).Concat(spec.Fixed).Select(axis => axis.Parameter).Where(parameter => parameter.IsDeclaredByNetwork))
                        .DistinctBy(parameter => parameter.Name),
                ],
                network.Template.Populations);
    }
}
