namespace SparseProp.Cluster.Prediction;

/// <summary>What a sweep would take whose points get as many replicates as <c>until</c> asks for, which nobody knows beforehand.</summary>
/// <param name="AtLeast">If the replicates that run in any case are enough for every point.</param>
/// <param name="Expected">If replicates scatter as those that a store holds; null where none is known.</param>
/// <param name="AtMost">If every point gets <c>max_replicates</c>, in the rounds in which they are added.</param>
public sealed record ReplicatedPrediction(ClusterPrediction AtLeast, ClusterPrediction? Expected, ClusterPrediction AtMost);
