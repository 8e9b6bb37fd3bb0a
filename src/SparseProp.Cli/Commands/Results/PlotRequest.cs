using SparseProp.Results.Plots;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Commands.Results;

/// <summary>What <c>results plot</c> was asked for.</summary>
/// <param name="Store">Folder of the store.</param>
/// <param name="X">The parameter to the right; null where <paramref name="List"/> is drawn.</param>
/// <param name="List">A histogram, autocorrelation or spectrum; null where <paramref name="X"/> is given.</param>
internal sealed record PlotRequest(string Store, GroupColumn? X, ListKind? List)
{
    /// <summary>The columns of the store.</summary>
    public required RecordColumns Columns { get; init; }

    public required IReadOnlyList<RecordColumn> Values { get; init; }

    public required IReadOnlyList<GroupColumn>? By { get; init; }

    public required PointSelection Points { get; init; }

    public required LogarithmicAxes Logarithmic { get; init; }

    public required bool? FitsPowerLaws { get; init; }

    public required IReadOnlyList<string> References { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Whether files that are there are replaced.</summary>
    public required bool Force { get; init; }

    public required double Millimetres { get; init; }

    public required bool IsJson { get; init; }
}
