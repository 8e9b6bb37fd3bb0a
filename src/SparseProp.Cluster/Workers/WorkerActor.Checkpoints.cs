using Akka.Event;
using SparseProp.Cluster.Protocol;
using SparseProp.Execution.Points;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>Checkpoints of long points: fetched before a point starts, sent while it runs.</summary>
internal sealed partial class WorkerActor
{
    private void FetchOrStart(int slot)
    {
        var point = _desk.On(slot);
        if (point.CheckpointBytes == 0)
        {
            _bench.Start(slot, checkpoint: null);
            return;
        }

        try
        {
            var download = new CheckpointDownload(_bench.Name, point, ScratchFile.Create(_options.ScratchFolder), Now);
            _bench.Downloads[slot] = download;
            Fetch(download);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            StartAgain(slot, error.Message);
        }
    }

    private void OnCheckpointPart(CheckpointPart part)
    {
        foreach (var (slot, download) in _bench.Downloads.Where(entry => entry.Value.Is(part)).ToList())
        {
            try
            {
                Accept(slot, download, part);
            }
            catch (IOException error)
            {
                StartAgain(slot, error.Message);
            }
        }
    }

    private void Accept(int slot, CheckpointDownload download, CheckpointPart part)
    {
        switch (download.Accept(part, Now))
        {
            case DownloadState.Complete:
                var file = download.TakeFile();
                _bench.Downloads.Remove(slot);
                _bench.Start(slot, file);
                break;
            case DownloadState.Missing:
                StartAgain(slot, $"the coordinator does not have generation {part.Generation} as it was granted");
                break;
            default:
                Fetch(download);
                break;
        }
    }

    private void StartAgain(int slot, string reason)
    {
        var point = _desk.On(slot);
        _log.Warning("Point {Point} of {Sweep} starts again, for its checkpoint could not be fetched: {Reason}", point.Index, point.Sweep, reason);
        DropTransfers(slot);
        _bench.Start(slot, checkpoint: null);
    }

    private void OnSaved(EngineNotice.Saved saved)
    {
        if (_desk.IsWanted(saved.Slot))
        {
            Upload(saved.Slot, saved.Checkpoint);
        }
        else
        {
            saved.Checkpoint.Dispose();
        }
    }

    private void OnStopped(EngineNotice.Stopped stopped)
    {
        var isWanted = _desk.IsWanted(stopped.Slot);
        if (isWanted && stopped.Checkpoint is { } checkpoint)
        {
            Upload(stopped.Slot, checkpoint);
            return;
        }

        stopped.Checkpoint?.Dispose();
        if (isWanted)
        {
            ReturnPoint(stopped.Slot);
        }
        else
        {
            _desk.Free(stopped.Slot);
        }

        StartNext();
        EndDrain();
    }

    private void Upload(int slot, FileStream checkpoint)
    {
        DropTransfers(slot);
        var point = _desk.On(slot);
        var first = new CheckpointPart(
            _bench.Name, point.Sweep, point.Index, _desk.NextGeneration(slot), Offset: 0, checkpoint.Length, default);
        var upload = new CheckpointUpload(first, checkpoint, Now);
        _bench.Uploads[slot] = upload;
        SendParts(slot, upload);
    }

    private void OnCheckpointKept(CheckpointKept kept)
    {
        foreach (var (slot, upload) in _bench.Uploads.Where(entry => entry.Value.Is(kept.Sweep, kept.Index, kept.Generation)).ToList())
        {
            upload.Confirm(kept.Offset, Now);
            if (upload.IsOver)
            {
                EndUpload(slot, isMoreWanted: kept.Offset >= 0);
            }
            else
            {
                SendParts(slot, upload);
            }
        }
    }

    private void EndUpload(int slot, bool isMoreWanted)
    {
        DropTransfers(slot);
        if (_bench.RunOn(slot) is { } run)
        {
            run.UploadEnded(isMoreWanted);
        }
        else
        {
            // Saved to be returned.
            ReturnPoint(slot);
            EndDrain();
        }
    }

    private void RepeatTransfers(TimeSpan before)
    {
        foreach (var download in _bench.Downloads.Values)
        {
            download.RepeatSince(before, Now);
            Fetch(download);
        }

        foreach (var (slot, upload) in _bench.Uploads.ToList())
        {
            upload.RepeatSince(before, Now);
            SendParts(slot, upload);
        }
    }

    private void Fetch(CheckpointDownload download)
    {
        if (IsWelcome)
        {
            foreach (var fetch in download.TakeDue())
            {
                Send(fetch);
            }
        }
    }

    private void SendParts(int slot, CheckpointUpload upload)
    {
        if (!IsWelcome)
        {
            return;
        }

        try
        {
            foreach (var part in upload.TakeDue())
            {
                Send(part);
            }
        }
        catch (IOException error)
        {
            var point = _desk.On(slot);
            _log.Warning("A checkpoint of point {Point} of {Sweep} cannot be read: {Reason}", point.Index, point.Sweep, error.Message);
            EndUpload(slot, isMoreWanted: true);
        }
    }

    private void DropTransfers(int slot)
    {
        if (_bench.Uploads.Remove(slot, out var upload))
        {
            upload.Dispose();
        }

        if (_bench.Downloads.Remove(slot, out var download))
        {
            download.Dispose();
        }
    }
}
