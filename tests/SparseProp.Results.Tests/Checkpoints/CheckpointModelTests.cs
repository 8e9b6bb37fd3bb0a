using CsCheck;
using SparseProp.Engine;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Checkpoints;

/// <summary>Random histories of uploads, with crashes among them, against a dictionary.</summary>
public sealed class CheckpointModelTests
{
    private const int Points = 2;
    private const int SnapshotBytes = 6;

    private enum Step
    {
        Begin,
        Write,
        Complete,
        GiveUp,
        Remove,
        Crash,
    }

    // So many writes that most uploads are completed.
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (3, Gen.Const(Step.Begin)),
        (8, Gen.Const(Step.Write)),
        (4, Gen.Const(Step.Complete)),
        (1, Gen.OneOf(Step.GiveUp, Step.Remove, Step.Crash)));

    [Fact]
    public void TheLatestCompleteSnapshotIsThereWhateverHappens() =>
        Gen.Select(Steps, Gen.Int[0, Points - 1], Gen.Int[0, 4]).Array[1, 100].Sample(
            history =>
            {
                using var model = new Model();
                foreach (var (step, point, number) in history)
                {
                    model.Do(step, point, number);
                    model.Check();
                }
            },
            iter: 300);

    private sealed class Model : IDisposable
    {
        private readonly TemporaryStore _files = new();
        private readonly Dictionary<PointKey, long> _complete = [];
        private readonly (CheckpointUpload Upload, long Generation)?[] _uploads = new (CheckpointUpload, long)?[Points];
        private CheckpointFolder _checkpoints;
        private int _openings;

        public Model() => _checkpoints = new CheckpointFolder(_files.Folder, FormattableString.Invariant($"{++_openings}"));

        public void Do(Step step, int point, int number)
        {
            var key = Sample.KeyOf(point);
            switch (step)
            {
                case Step.Begin:
                    GiveUp(point);
                    _uploads[point] = (_checkpoints.Begin(key, number, SnapshotBytes), number);
                    break;
                case Step.Write when _uploads[point] is var (upload, generation):
                    Write(upload, point, generation, number);
                    break;
                case Step.Complete when _uploads[point] is var (upload, generation):
                    Complete(upload, key, generation);
                    _uploads[point] = upload.Written == SnapshotBytes ? null : _uploads[point];
                    break;
                case Step.GiveUp:
                    GiveUp(point);
                    break;
                case Step.Remove:
                    _checkpoints.Remove(key);
                    _complete.Remove(key);
                    break;
                case Step.Crash:
                    // The uploads' files stay as they are.
                    Array.Clear(_uploads);
                    _checkpoints = new CheckpointFolder(_files.Folder, FormattableString.Invariant($"{++_openings}"));
                    break;
                default:
                    break;
            }
        }

        public void Check()
        {
            Assert.Equal(
                _complete.OrderBy(pair => pair.Key.Value).Select(pair => (pair.Key, new Checkpoint(pair.Value, SnapshotBytes))),
                _checkpoints.All.OrderBy(entry => entry.Key.Value));
            for (var point = 0; point < Points; point++)
            {
                var key = Sample.KeyOf(point);
                Assert.Equal(_complete.TryGetValue(key, out var generation), _checkpoints.TryFind(key, out _));
                if (_complete.ContainsKey(key))
                {
                    var bytes = new byte[SnapshotBytes + 1];
                    Assert.Equal(SnapshotBytes, _checkpoints.Read(key, generation, 0, bytes));
                    Assert.Equal(Content(point, generation), bytes[..SnapshotBytes]);
                }
            }

            var files = _complete.Count + _uploads.Count(upload => upload is not null);
            var folder = Path.Combine(_files.Folder, "checkpoints");
            Assert.Equal(files, Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0);
            Assert.Equal(files > 0, Directory.Exists(folder));
        }

        public void Dispose() => _files.Dispose();

        private static byte[] Content(int point, long generation) =>
            [.. Enumerable.Range(0, SnapshotBytes).Select(i => (byte)((point * 100) + (generation * 10) + i))];

        private static void Write(CheckpointUpload upload, int point, long generation, int offset)
        {
            var part = Content(point, generation)[offset..Math.Min(SnapshotBytes, offset + 4)];
            if (offset > upload.Written)
            {
                Assert.Throws<ArgumentException>(() => upload.Write(offset, part));
            }
            else
            {
                upload.Write(offset, part);
            }
        }

        private void Complete(CheckpointUpload upload, PointKey key, long generation)
        {
            if (upload.Written < SnapshotBytes)
            {
                Assert.Throws<InvalidOperationException>(upload.Complete);
                return;
            }

            upload.Complete();
            _complete[key] = Math.Max(generation, _complete.GetValueOrDefault(key));
        }

        private void GiveUp(int point)
        {
            _uploads[point]?.Upload.Dispose();
            _uploads[point] = null;
        }
    }
}
