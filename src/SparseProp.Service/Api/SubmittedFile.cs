using System.Globalization;
using Microsoft.AspNetCore.Http;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Service.Api.Description;
using SparseProp.Sweeps;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Service.Api;

/// <summary>Reads the sweep file that a request carries. It may come from anybody.</summary>
internal static class SubmittedFile
{
    /// <summary>Bytes of a request's body.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Neurons of one network. At some ten bytes each that is the memory of a large machine.</summary>
    public const long MostNeurons = 1_000_000_000;

    private const int LongestFileName = 256;
    private const string StandardFileName = "sweep.yaml";

    /// <summary>The file's name. It appears in messages and nowhere else.</summary>
    public static RouteParameter<string?> Name { get; } = RouteParameter.Text("file", "How messages name the sweep file.", LongestFileName);

    /// <exception cref="BadHttpRequestException">The body is too long, or is not as HTTP says.</exception>
    /// <exception cref="ApiException">It is no valid sweep, or one that is too large; all that is wrong is named.</exception>
    public static async Task<SweepSpec> ReadAsync(HttpContext context, NetworkFiles files, CancellationToken cancellation)
    {
        var fileName = Name.Of(context) ?? StandardFileName;
        using var content = await context.ReadBodyAsync(cancellation);
        try
        {
            var spec = SweepFile.Parse(content.GetBuffer().AsSpan(0, (int)content.Length), fileName, files);
            return TooMuchIn(spec) is { } excess ? throw Invalid([excess]) : spec;
        }
        catch (SweepFileException invalid)
        {
            throw Invalid(invalid.Errors);
        }
    }

    private static SweepFileError? TooMuchIn(SweepSpec spec)
    {
        var points = new SweepPlan(spec).Count;
        if (PlanSize.Refusal(points) is { } tooLarge)
        {
            return new SweepFileError(spec.FileName, 1, 1, "", tooLarge);
        }

        if (spec.Network is not null)
        {
            // How many neurons it has at a point is looked at when it is read; what they need, when it is leased.
            return null;
        }

        var neurons = ((IEnumerable<SweepAxis>)[.. spec.Grid, .. spec.Zip, .. spec.Fixed]).Where(axis => axis.Name == "n").Max(Largest);
        return neurons > MostNeurons
            ? new SweepFileError(spec.FileName, 1, 1, "n", $"n = {neurons} is too large for a cluster; n may be {MostNeurons} at most")
            : null;
    }

    // A list has fewer values than a file has bytes. Anything longer is a range, whose largest value is at one of its ends.
    private static long Largest(SweepAxis axis)
    {
        var places = axis.Count <= MostBytes ? Enumerable.Range(0, (int)axis.Count).Select(place => (long)place) : [0, axis.Count - 1];
        return places.Max(place => long.Parse(axis.TextAt(place), CultureInfo.InvariantCulture));
    }

    private static ApiException Invalid(IEnumerable<SweepFileError> errors)
    {
        var documents = errors.Select(FileErrorDocument.Of).ToList();
        return new ApiException(new ProblemDocument(
            "the sweep file is not valid",
            StatusCodes.Status400BadRequest,
            string.Join('\n', documents.Select(error => error.Text)))
        {
            Errors = documents,
        });
    }
}
