using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using SparseProp.Results.Export;
using SparseProp.Service.Api.Description;

namespace SparseProp.Service.Api;

/// <summary>A sweep's results as a file, as <c>sparseprop results export</c> writes it.</summary>
/// <param name="stores">Stores of the sweeps.</param>
/// <param name="temporaryPrefix">How the name of the folder begins where the file lies while it is sent.</param>
internal sealed class ResultsRoute(StoreReaders stores, string temporaryPrefix)
{
    private const string PointsHeader = "Sparseprop-Points";
    private const string DamageHeader = "Sparseprop-Damage";

    private static readonly string[] MediaTypes =
        ["application/vnd.apache.parquet", "text/csv", "application/jsonl", "application/vnd.apache.arrow.file"];

    private static readonly RouteParameter<ExportFormat> Format = RouteParameter.Word(
        "format",
        "The file's format.",
        ExportFormat.Jsonl,
        [.. PointExport.Formats.Select((name, place) => (name, (ExportFormat)place))]);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        $"{SweepRoutes.Sweep}/results",
        new RouteDescription("exportResults", SweepRoutes.Tag, "A row for each recorded point, failed ones among them, in the order of the sweep, as a file.")
        {
            Parameters = [SweepName.InPath, Format],
            Answers =
            [
                new RouteAnswer(
                    StatusCodes.Status200OK,
                    $"The file. {PointsHeader} has the number of its rows, {DamageHeader} that of the store's parts that cannot be read.")
                {
                    MediaTypes = MediaTypes,
                },
            ],
            Problems = [StatusCodes.Status404NotFound],
            AsksCoordinator = false,
        },
        ExportAsync);

    private async Task ExportAsync(HttpContext context)
    {
        var (name, format) = (SweepName.Of(context), Format.Of(context));
        var cancellation = context.RequestAborted;
        using var temporary = new TemporaryFile(temporaryPrefix);
        var damage = 0;
        var points = await stores.ReadAsync(
            name,
            folder => PointExport.Write(folder, temporary.Path, format, onDamage: _ => damage++, cancellation: cancellation),
            cancellation);

        var response = context.Response;
        response.ContentType = MediaTypes[(int)format];
        response.ContentLength = new FileInfo(temporary.Path).Length;
        response.Headers.CacheControl = "no-store";
        response.Headers[PointsHeader] = points.ToString(CultureInfo.InvariantCulture);
        response.Headers[DamageHeader] = damage.ToString(CultureInfo.InvariantCulture);
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment)
        {
            FileName = $"{name}.{PointExport.Formats[(int)format]}",
        }.ToString();
        await response.SendFileAsync(temporary.Path, cancellation);
    }

    /// <summary>A file in a folder of its own below the temporary one, gone with this.</summary>
    private sealed class TemporaryFile : IDisposable
    {
        private readonly DirectoryInfo _folder;

        /// <exception cref="ApiException">There is no room for it.</exception>
        public TemporaryFile(string prefix)
        {
            try
            {
                _folder = Directory.CreateTempSubdirectory(prefix);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ApiException.Of(StatusCodes.Status500InternalServerError, "no temporary file can be written", error.Message);
            }
        }

        public string Path => System.IO.Path.Combine(_folder.FullName, "results");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
