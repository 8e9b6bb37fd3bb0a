using System.Globalization;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Texts;

namespace SparseProp.Cluster.Coordination;

/// <summary>Something that whoever watches a sweep should hear of when it happens.</summary>
public abstract record SweepNotice
{
    /// <summary>The point and the worker that it is about; null where it is about none.</summary>
    internal virtual (long? Point, string? Worker) Subject => (null, null);

    /// <summary>A point came back with an error and will run again.</summary>
    public sealed record PointRetried(long Index, int Attempt, string Error) : SweepNotice
    {
        internal override (long? Point, string? Worker) Subject => (Index, null);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"point {Index} failed (attempt {Attempt}) and runs again: {Error}");
    }

    /// <summary>A point is recorded as failed.</summary>
    public sealed record PointFailed(long Index, int Attempts, string Error) : SweepNotice
    {
        internal override (long? Point, string? Worker) Subject => (Index, null);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"point {Index} failed after {Counted.Of(Attempts, "attempt")}: {Error}");
    }

    /// <summary>A second result of a point differs from the recorded one.</summary>
    public sealed record PointDiverged(long Index, string Worker) : SweepNotice
    {
        internal override (long? Point, string? Worker) Subject => (Index, Worker);

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"point {Index} is not reproducible: worker {Worker} got other spikes than the recorded ones; both are kept");
    }

    /// <summary>A point that has its result failed when it was run again to verify it.</summary>
    public sealed record VerificationFailed(long Index, string Worker, string Error) : SweepNotice
    {
        internal override (long? Point, string? Worker) Subject => (Index, Worker);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"point {Index} has a result, but failed when worker {Worker} ran it again: {Error}");
    }

    /// <summary>A point that has its result was not run again, though that was asked for.</summary>
    public sealed record NotVerified(long Index, string Reason) : SweepNotice
    {
        internal override (long? Point, string? Worker) Subject => (Index, null);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"point {Index} has a result that is not verified: {Reason}");
    }

    /// <summary>A worker is gone; its unfinished points run elsewhere.</summary>
    public sealed record WorkerGone(string Worker, int OpenPoints) : SweepNotice
    {
        internal override (long? Point, string? Worker) Subject => (null, Worker);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"worker {Worker} is lost; {Counted.Of(OpenPoints, "unfinished point runs", "unfinished points run")} elsewhere");
    }

    /// <summary>A lease ran out without a sign of life; its unfinished points run elsewhere.</summary>
    public sealed record LeaseExpired(Lease Lease, string Worker, int OpenPoints) : SweepNotice
    {
        internal override (long? Point, string? Worker) Subject => (null, Worker);

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"lease {Lease} of worker {Worker} ran out; {Counted.Of(OpenPoints, "unfinished point runs", "unfinished points run")} elsewhere");
    }
}
