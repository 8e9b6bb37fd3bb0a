using System.Net.Sockets;
using System.Text;
using SparseProp.Service.Api.Limits;

namespace SparseProp.Cluster.Tests.Api;

public sealed class LimitTests : ApiTestBase
{
    private const double OneInAnHour = 1.0 / 3600;

    [Fact]
    public async Task TooManyRequestsAreAProblemThatSaysWhenToTryAgainAndHealthIsExempt()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(
            also: options => options with { Limits = new ApiLimits { MostAtOnce = 5, MostPerSecond = OneInAnHour } });
        List<Reply> replies = [];
        for (var i = 0; i < 7; i++)
        {
            replies.Add(await GetAsync(coordinator, "/api/v1/sweeps"));
        }

        Assert.Equal([200, 200, 200, 200, 200, 429, 429], replies.Select(reply => reply.Status));
        AssertProblem(replies[5], 429);
        Assert.InRange(replies[5].Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Equal(200, (await GetAsync(coordinator, "/health/live")).Status);
        Assert.Equal(200, (await GetAsync(coordinator, "/health/ready")).Status);
    }

    [Fact]
    public async Task WrongTokensCountAsRequests()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(
            "secret", also: options => options with { Limits = new ApiLimits { MostAtOnce = 1, MostPerSecond = OneInAnHour } });
        List<int> statuses = [];
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await GetAsync(coordinator, "/api/v1/sweeps")).Status);
        }

        Assert.Equal([401, 429, 429], statuses);
    }

    [Theory]
    [InlineData(1100, 0)]
    [InlineData(0, 4200)]
    [InlineData(0, 12_000)]
    public async Task AnAddressThatIsTooLongIsAProblem(int path, int query)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await GetAsync(coordinator, $"/api/v1/sweeps/{new string('a', path)}?file={new string('b', query)}");

        AssertProblem(reply, 414);
    }

    [Theory]
    [InlineData("PUT", "/api/v1/sweeps/short/priority", 1025)]
    [InlineData("POST", "/api/v1/cluster/members/leave", 1025)]
    [InlineData("POST", "/api/v1/sweeps", (1 << 20) + 1)]
    [InlineData("POST", "/api/v1/sweeps/short/pause", 1025)]
    [InlineData("DELETE", "/api/v1/sweeps/short", 1025)]
    [InlineData("GET", "/api/v1/sweeps", 1025)]
    public async Task ABodyThatIsTooLargeIsAProblem(string method, string path, int length)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var problem = AssertProblem(await SendAsync(coordinator, new HttpMethod(method), path, new string(' ', length)), 413);

        Assert.Empty(coordinator.Requests);
        Assert.Contains($"{length - 1} bytes", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ABodyThatGrowsBeyondTheLimitAsItComesIsAProblem()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        using var client = new HttpClient { BaseAddress = coordinator.Address };
        using var content = new StreamContent(new MemoryStream(new byte[1 << 21]));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/sweeps/short/priority") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        try
        {
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(413, (int)response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The connection was closed before all of it was sent.
        }

        Assert.Empty(coordinator.Requests);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task AReaderThatTakesNothingHoldsUpNobody()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        using var deaf = new TcpClient();
        await deaf.ConnectAsync(coordinator.Address.Host, coordinator.Address.Port, TestContext.Current.CancellationToken);
        await deaf.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET /api/v1/events HTTP/1.1\r\nHost: {coordinator.Address.Authority}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        await using var events = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");
        await events.NextAsync("state");

        coordinator.Join("w7");

        Assert.Equal("w7", (string)(await events.NextAsync("cluster"))["workers"]![0]!["name"]!);
    }
}
