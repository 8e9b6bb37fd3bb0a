using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CsCheck;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>Requests that are not as HTTP/1.1 says are the sender's mistake, and never a fault of the coordinator.</summary>
public sealed class MalformedRequestTests : ApiTestBase
{
    private const string Post = "POST /api/v1/sweeps HTTP/1.1\r\nHost: {0}\r\nContent-Type: application/yaml\r\n";
    private const string Put = "PUT /api/v1/sweeps/short/priority HTTP/1.1\r\nHost: {0}\r\nContent-Type: application/json\r\n";
    private const string Chunked = "Transfer-Encoding: chunked\r\n\r\n";

    private static readonly string[] Heads =
    [
        Post, Put, Post.Replace("POST", "GET", StringComparison.Ordinal), Put.Replace("priority", "pause", StringComparison.Ordinal),
        "POST /api/v1/console HTTP/1.1\r\nHost: {0}\r\n", "POST /api/v1/members/down HTTP/1.1\r\nHost: {0}\r\n",
    ];

    private static readonly Gen<string> Bodies = Gen.OneOf(
        Gen.OneOf(
            "Content-Length: -1\r\n\r\n", "Content-Length: 1e3\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n",
            "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: gzip\r\n\r\n", "Transfer-Encoding: chunked, gzip\r\n\r\n", "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: \u00ff\r\n\r\n", "Expect: 200-nonsense\r\n\r\n", "Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
            "Content-Length: 4\r\n\r\n\u00ff\u00fe\u0000\u00d8", "X: " + new string('x', 20_000) + "\r\n\r\n", ": no name\r\n\r\n", "no colon\r\n\r\n",
            "X: \u0000\r\n\r\n", "Cookie: \r\n folded\r\n\r\n"),
        Gen.ULong.Select(size => Chunked + size.ToString("X", CultureInfo.InvariantCulture) + "\r\n{}\r\n0\r\n\r\n"),
        Gen.UInt.Select(size => Chunked + (size | 0x8000_0000).ToString("X", CultureInfo.InvariantCulture) + "\r\n"),
        Gen.String[Gen.Char['\u0000', '\u00ff'], 0, 30].Select(noise => Chunked + noise + "\r\n\r\n"),
        Gen.String[Gen.Char['\u0000', '\u00ff'], 0, 30].Select(noise => Chunked + "2\r\n{}" + noise + "\r\n0\r\n\r\n"));

    [Theory]
    [InlineData("80000000")]
    [InlineData("FFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("100000000000000000000")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("g")]
    [InlineData("")]
    public async Task TheLengthOfAChunkThatCannotBeIsAProblem(string size)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        foreach (var head in (string[])[Post, Put])
        {
            var answer = await TalkAsync(coordinator, head + Chunked + size + "\r\n{}\r\n0\r\n\r\n", TimeSpan.FromSeconds(30));

            Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
            Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        }

        Assert.Empty(coordinator.Requests);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task NothingThatIsSentIsAFaultOfTheCoordinator()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(
            also: options => options with { Limits = options.Limits with { MostAtOnce = int.MaxValue } });

        await Gen.Select(Gen.OneOf(Heads), Bodies).SampleAsync(
            async (head, body) =>
            {
                var answer = await TalkAsync(coordinator, head + body, TimeSpan.FromMilliseconds(50));
                Assert.True(answer.Length == 0 || answer["HTTP/1.1 ".Length] is '2' or '4', answer);
            },
            iter: 500,
            threads: 1);
    }

    /// <summary>Sends bytes, one for each character; what is answered, or nothing where the coordinator closes or waits for more.</summary>
    private static async Task<string> TalkAsync(FakeCoordinator coordinator, string request, TimeSpan patience)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var client = new TcpClient();
        await client.ConnectAsync(coordinator.Address.Host, coordinator.Address.Port, ending.Token);
        var stream = client.GetStream();
        var answer = new byte[4096];
        try
        {
            var text = request.Replace("{0}", coordinator.HostAndPort, StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), ending.Token);
            ending.CancelAfter(patience);
            return Encoding.Latin1.GetString(answer, 0, await stream.ReadAsync(answer, ending.Token));
        }
        catch (Exception silent) when (silent is IOException or OperationCanceledException)
        {
            return "";
        }
    }
}
