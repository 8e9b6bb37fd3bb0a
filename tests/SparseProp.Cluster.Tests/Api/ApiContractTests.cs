using CsCheck;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Service.Api;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>Answers of a real coordinator, held against the API's own description.</summary>
public sealed class ApiContractTests : ApiTestBase
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["name"] = "small",
        ["index"] = "2",
        ["worker"] = "w1",
    };

    [Fact]
    public async Task WhatCanBeReadIsAnsweredAsDescribed()
    {
        await using var coordinator = await StartAsync();
        var contract = await ApiContract.ReadAsync(coordinator.Address);
        var read = 0;

        foreach (var operation in contract.Operations.Where(operation => operation.Method == "GET" && !IsStream(operation)))
        {
            var reply = await SendAsync(coordinator.Address, HttpMethod.Get, PathOf(operation, Known));

            Assert.InRange(reply.Status, 200, operation.Path.EndsWith("/members", StringComparison.Ordinal) ? 503 : 299);
            contract.Check(operation, reply.Status, reply.MediaType, reply.Text);
            read++;
        }

        Assert.True(read > 10);
    }

    [Fact]
    public async Task WhatThereIsNotIsAnsweredAsDescribed()
    {
        await using var coordinator = await StartAsync();
        var contract = await ApiContract.ReadAsync(coordinator.Address);
        var unknown = new Dictionary<string, string> { ["name"] = "nothing", ["index"] = "7", ["worker"] = "nobody" };

        foreach (var operation in contract.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal) && !Makes(operation)))
        {
            var reply = await SendAsync(
                coordinator.Address, new HttpMethod(operation.Method), PathOf(operation, unknown), operation.Method == "PUT" ? """{"priority": 1}""" : null);

            Assert.Equal(404, reply.Status);
            contract.Check(operation, reply.Status, reply.MediaType, reply.Text);
        }
    }

    // A file that is sent need not be there.
    private static bool Makes(ApiOperation operation) => (string)operation.Said["operationId"]! == "uploadFile";

    [Fact]
    public async Task CommandsAreAnsweredAsDescribed()
    {
        await using var coordinator = await StartAsync();
        var contract = await ApiContract.ReadAsync(coordinator.Address);
        string[] order =
        [
            "pauseSweep", "resumeSweep", "setPriority", "retryFailedPoints", "submitSweep", "drainWorker", "resumeWorker", "cancelSweep", "deleteSweep",
        ];

        foreach (var name in order)
        {
            var operation = contract.Operations.Single(operation => (string)operation.Said["operationId"]! == name);
            var body = name switch
            {
                "submitSweep" => SmallStore.Text,
                "setPriority" => """{"priority": 1}""",
                _ => null,
            };
            var reply = await SendAsync(coordinator.Address, new HttpMethod(operation.Method), PathOf(operation, Known), body);

            Assert.InRange(reply.Status, 200, 299);
            contract.Check(operation, reply.Status, reply.MediaType, reply.Text);
        }
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task EventsAreAsTheirComponentsSay()
    {
        await using var coordinator = await StartAsync();
        var contract = await ApiContract.ReadAsync(coordinator.Address);
        await using var events = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");
        var seen = new HashSet<string>();

        // Each change after the one before it was seen: of what comes and goes between two looks there is no event.
        await SeeAsync("state");
        await PostAsync(coordinator, "/api/v1/sweeps/small/pause");
        await SeeAsync("sweep");
        await PostAsync(coordinator, "/api/v1/sweeps/small/cancel");
        await SendAsync(coordinator.Address, HttpMethod.Delete, "/api/v1/sweeps/small");
        await SeeAsync("deleted");
        coordinator.Join("w9");
        await SeeAsync("cluster");

        var notice = NoticeDocument.Of("a", new SweepNotice.PointDiverged(3, "w"), DateTimeOffset.UnixEpoch);
        contract.CheckComponent(nameof(NoticeDocument), System.Text.Json.JsonSerializer.Serialize(notice, ApiJson.Default.NoticeDocument));

        async Task SeeAsync(string name)
        {
            while (!seen.Contains(name) && await events.NextAsync() is { } next)
            {
                seen.Add(next.Name);
                contract.CheckComponent(
                    next.Name switch
                    {
                        "state" => nameof(StateDocument),
                        "sweep" => nameof(SweepDocument),
                        "deleted" => nameof(DeletedSweepDocument),
                        "cluster" => nameof(ClusterStateDocument),
                        _ => nameof(NoticeDocument),
                    },
                    next.Data.ToJsonString());
            }
        }
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task WhateverIsAskedIsAnsweredAsDescribedAndNeverByAFault()
    {
        await using var coordinator = await StartAsync();
        var contract = await ApiContract.ReadAsync(coordinator.Address);
        using var client = new HttpClient { BaseAddress = coordinator.Address };

        await AnyRequest.Of(contract).SampleAsync(
            async request =>
            {
                using var message = request.ToMessage();
                using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var status = (int)response.StatusCode;
                var mediaType = response.Content.Headers.ContentType?.MediaType;
                Assert.True(status is < 500 or 503 or 504, $"{request}: {status}");
                if (status < 400 && (IsStream(request.Operation) || request.Follows))
                {
                    return;
                }

                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                contract.Check(request.Operation, status, mediaType, text);
            },
            iter: 3000,
            threads: 1);
    }

    private static bool IsStream(ApiOperation operation) => operation.Path.EndsWith("/events", StringComparison.Ordinal);

    private static string PathOf(ApiOperation operation, Dictionary<string, string> values) =>
        values.Aggregate(operation.Path, (path, value) => path.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));

    /// <summary>A sweep with a recorded, a failed, a leased and a waiting point.</summary>
    private static async Task<LiveCoordinator> StartAsync()
    {
        var coordinator = await LiveCoordinator.StartAsync(
            options => options with { Limits = options.Limits with { MostAtOnce = int.MaxValue, MostStreams = int.MaxValue } });
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        var worker = coordinator.Join();
        worker.Run(2);
        worker.Report(worker.Broke(worker.Take()));
        worker.Take();
        return coordinator;
    }
}
