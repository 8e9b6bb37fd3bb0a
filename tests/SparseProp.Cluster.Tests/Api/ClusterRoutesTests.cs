using System.Text.Json.Nodes;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Tests.Api;

public sealed class ClusterRoutesTests : ApiTestBase
{
    [Fact]
    public async Task TheClusterIsShownUnderTheDocumentedNames()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new ClusterStatus(
            3, "0.1.0+abc", [new("w1", "node7", 8, 16_000_000_000, 5, true)], [new("3-1", "short", "w1", "work", 5, 1.5)]);

        var reply = await GetAsync(coordinator, "/api/v1/cluster");

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "epoch": 3, "build": "0.1.0+abc",
                  "workers": [
                    { "name": "w1", "host": "node7", "slots": 8, "memory_bytes": 16000000000, "open_points": 5, "leaving": true,
                      "drained": false }
                  ],
                  "leases": [
                    { "lease": "3-1", "sweep": "short", "worker": "w1", "kind": "work", "open_points": 5, "age_s": 1.5 }
                  ]
                }
                """),
            reply.Json), reply.Text);
    }
}
