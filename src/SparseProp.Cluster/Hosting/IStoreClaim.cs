namespace SparseProp.Cluster.Hosting;
public interface IStoreClaim { bool IsHeld { get; } bool TryHold(); }
