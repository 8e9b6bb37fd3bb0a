using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Service.Api;

/// <summary>Documents of the workers that the coordinator knows.</summary>
internal static class WorkerDocuments
{
    extension(WorkerDocument)
    {
        public static WorkerDocument Of(WorkerSummary worker) => new(
            worker.Name, worker.Host, worker.Slots, worker.MemoryBytes, worker.OpenPoints, worker.Leaving, worker.Drained);
    }

    extension(WorkerListDocument)
    {
        public static WorkerListDocument Of(ClusterStatus status) => new([.. status.Workers.Select(WorkerDocument.Of)]);
    }
}
