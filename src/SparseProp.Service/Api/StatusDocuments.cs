using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Service.Palettes;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Api;

/// <summary>Documents of what the coordinator answers.</summary>
internal static class StatusDocuments
{
    extension(ClusterDocument)
    {
        public static ClusterDocument Of(ClusterStatus status) => new(
            status.Epoch,
            status.Build,
            [.. status.Workers.Select(WorkerDocument.Of)],
            [.. status.Leases.Select(lease => new LeaseDocument(
                lease.Lease, lease.Sweep, lease.Worker, lease.Kind, lease.OpenPoints, lease.AgeSeconds))]);
    }

    extension(LeasedPointsDocument)
    {
        public static LeasedPointsDocument Of(LeasedPointList list) => new(
            [.. list.Points.Select(point => new LeasedPointDocument(
                point.Lease, point.Sweep, point.Index, point.Worker, point.Kind, point.AgeSeconds, point.ExpiresSeconds))],
            list.Total);
    }

    extension(SubmissionDocument)
    {
        public static SubmissionDocument Of(Submitted submitted) =>
            new(ApiJson.NameOf(submitted.Outcome), submitted.Warnings, SweepDocument.Of(submitted.Status));
    }

    extension(SweepDocument)
    {
        public static SweepDocument Of(SweepStatus status)
        {
            var document = DocumentOf(status);
            return document with { Over = document.IsOver };
        }

        private static SweepDocument DocumentOf(SweepStatus status) => new(
            status.Name,
            ApiJson.NameOf(status.State),
            status.SpecHash,
            status.Priority,
            status.Submitted,
            status.Progress.Points,
            status.Progress.Recorded,
            status.Progress.Failed,
            status.Progress.Leased,
            status.Progress.Divergent,
            status.Progress.Verified,
            status.Progress.WorkDone,
            status.Progress.Workers,
            status.Progress.Slots,
            status.Notices,
            status.Problem,
            status.Progress.NotReached);
    }

    extension(NoticeDocument)
    {
        public static NoticeDocument Of(string sweep, SweepNotice notice, DateTimeOffset at)
        {
            var document = new NoticeDocument(
                sweep, at, JsonNamingPolicy.SnakeCaseLower.ConvertName(notice.GetType().Name), notice.ToString()!);
            return notice switch
            {
                SweepNotice.PointRetried retried => document with { Point = retried.Index },
                SweepNotice.PointFailed failed => document with { Point = failed.Index },
                SweepNotice.PointDiverged diverged => document with { Point = diverged.Index, Worker = diverged.Worker },
                SweepNotice.VerificationFailed failed => document with { Point = failed.Index, Worker = failed.Worker },
                SweepNotice.NotVerified unverified => document with { Point = unverified.Index },
                SweepNotice.WorkerGone gone => document with { Worker = gone.Worker },
                SweepNotice.LeaseExpired expired => document with { Worker = expired.Worker },
                _ => document,
            };
        }
    }

    extension(PaletteListDocument)
    {
        public static PaletteListDocument Of(IEnumerable<Palette> palettes) => new([.. palettes.Select(palette => new PaletteDocument(
            palette.Name,
            palette.Description,
            [.. palette.Commands.Select(command => new PaletteCommandDocument(
                command.Name,
                command.Description,
                [.. command.Arguments.Select(argument => new PaletteArgumentDocument(
                    argument.Name,
                    argument.Description,
                    argument.Switches,
                    ApiJson.NameOf(argument.Kind),
                    argument.IsMandatory,
                    argument.Default))]))]))]);
    }
}
