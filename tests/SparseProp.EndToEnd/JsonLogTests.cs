using System.Text.Json.Nodes;

namespace SparseProp.EndToEnd;

public sealed class JsonLogTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryLineOfANodesLogIsAnObject(bool byFlag)
    {
        string[] arguments = ["node", "coordinator", "--listen", "127.0.0.1:0", "--http", "off", "--store", _folder.In("store"), "--verbose"];
        using var process = byFlag
            ? Sparseprop.Start([.. arguments, "--log-format", "json"])
            : Sparseprop.Start([("SPARSEPROP_LOG_FORMAT", "json")], arguments);
        Assert.StartsWith(
            "listening ", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        List<JsonObject> lines = [];
        do
        {
            lines.Add(JsonNode.Parse((await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!)!.AsObject());
        }
        while (!((string)lines[^1]["message"]!).StartsWith("Coordinating 0 sweeps", StringComparison.Ordinal));

        await Signals.SendAsync(process, "TERM");

        var finished = await Sparseprop.FinishAsync(process);
        lines.AddRange(finished.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()));

        Assert.Equal(0, finished.ExitCode);
        Assert.All(lines, line => Assert.All(["time", "level", "category", "message"], field => Assert.NotEqual("", (string)line[field]!)));
        Assert.All(lines, line => Assert.DoesNotContain("[Thread", (string)line["message"]!, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.ContainsKey("actor"));
    }

    [Fact]
    public async Task AnUnknownFormatIsRefused()
    {
        var finished = await Sparseprop.RunAsync("node", "worker", "--join", "127.0.0.1:1", "--log-format", "xml");

        Assert.NotEqual(0, finished.ExitCode);
        Assert.Contains("--log-format: takes text or json, not 'xml'", finished.Errors, StringComparison.Ordinal);
    }
}
