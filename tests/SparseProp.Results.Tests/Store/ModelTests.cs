using CsCheck;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>Random histories of a store, with crashes and writers that wake late among them, against a list in memory.</summary>
public sealed class ModelTests
{
    private enum Step
    {
        AppendOk,
        AppendFailed,
        AppendDivergent,
        Flush,
        Reopen,
        TakeOver,
        AppendLate,
        CrashWhileOpening,
        Crash,
    }

    [Fact]
    public void WhateverHappensNothingFlushedIsLostAndNothingUnwrittenIsRead()
    {
        var steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 5], Gen.Int[0, 10_000]).Array[1, 40];
        Gen.Select(steps, Gen.OneOf(1, 700, 1 << 20)).Sample(
            (history, bufferBytes) =>
            {
                using var model = new Model(new StoreOptions { SegmentBytes = 1500, BufferBytes = bufferBytes });
                foreach (var (step, point, number) in history)
                {
                    model.Do(step, point, number);
                }

                model.Do(Step.Reopen, 0, 0);
            },
            iter: 300);
    }

    private sealed class Model : IDisposable
    {
        private const int Late = 99;

        private static readonly byte[] LateBytes = LateRecords();

        private readonly StoreOptions _options;
        private readonly List<PointRecord> _appended = [];
        private TemporaryStore _files = new();
        private ResultStore _store;
        private int _durable;
        private string? _durableFile;
        private long _durableBytes;

        public Model(StoreOptions options)
        {
            _options = options;
            _store = _files.Open(options);
        }

        public void Do(Step step, int point, int number)
        {
            switch (step)
            {
                case Step.AppendOk:
                    Append(Sample.Ok(point, digest: (ulong)number % 3));
                    break;
                case Step.AppendFailed:
                    Append(Sample.Failed(point, attempts: number));
                    break;
                case Step.AppendDivergent:
                    Append(Sample.Divergent(point, digest: (ulong)number % 3));
                    break;
                case Step.Flush:
                    _store.Flush();
                    RememberDurable();
                    break;
                case Step.Reopen:
                    _store.Dispose();
                    RememberDurable();
                    _store = _files.Open(_options);
                    CheckAll();
                    break;
                case Step.TakeOver:
                    TakeOver();
                    break;
                case Step.AppendLate:
                    AppendLate(number);
                    break;
                case Step.CrashWhileOpening:
                    _store.Dispose();
                    RememberDurable();
                    ManifestFile.Replace(_files.Folder, Manifest.Next(StoreReader.ReadManifest(_files.Folder), TemporaryStore.Identity, Sample.Noon));
                    CheckReaders();
                    _store = _files.Open(_options);
                    CheckAll();
                    break;
                default:
                    Crash(number);
                    break;
            }
        }

        public void Dispose()
        {
            _store.Dispose();
            _files.Dispose();
        }

        private void Append(PointRecord record)
        {
            _store.Append(record);
            _appended.Add(record);
        }

        private void RememberDurable() =>
            (_durable, _durableFile, _durableBytes) = (_appended.Count, LastFile()?.Name, LastFile()?.Length ?? 0);

        private FileInfo? LastFile() => new DirectoryInfo(_files.Folder).GetFiles("results-*").MaxBy(file => file.Name);

        /// <summary>Another opens the store as if there were no locks, and what this one has not written by then is lost.</summary>
        private void TakeOver()
        {
            var former = _store;
            File.Delete(Path.Combine(_files.Folder, "store.lock"));
            _store = _files.Open(_options);
            ForgetLost();
            RememberDurable();
            if (Record.Exception(() => former.Append(Sample.Ok(Late))) is null)
            {
                Assert.Throws<StoreException>(former.Flush);
            }

            former.Dispose();
            CheckAll();
        }

        /// <summary>Writes any part of two records to a file of a former writer, or to one that it begins.</summary>
        private void AppendLate(int number)
        {
            var epoch = (int)_store.Epoch;
            if (epoch == 1)
            {
                return;
            }

            var file = _files.Results((1000 * (number % (epoch - 1))) + 1 + (number % 7));
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            stream.Write(LateBytes.AsSpan(0, number % (LateBytes.Length + 1)));
            CheckReaders();
        }

        /// <summary>Goes on in a copy of the folder, with the last file cut anywhere after what is durable.</summary>
        private void Crash(int number)
        {
            var copy = new TemporaryStore();
            foreach (var file in new DirectoryInfo(_files.Folder).GetFiles("*.msgpack"))
            {
                file.CopyTo(Path.Combine(copy.Folder, file.Name));
            }

            Dispose();
            _files = copy;
            CutLastFile(number);
            _store = _files.Open(_options);
            ForgetLost();
            RememberDurable();
            CheckAll();
        }

        private void CutLastFile(int number)
        {
            if (LastFile() is not { } last)
            {
                return;
            }

            // Files before the last are durable: the next is begun only after a flush.
            var from = last.Name == _durableFile ? _durableBytes : 0;
            using var stream = last.Open(FileMode.Open);
            stream.SetLength(Math.Max(from, last.Length - (number % (last.Length - from + 1))));
        }

        private void ForgetLost()
        {
            var kept = StoreReader.ReadAll(_files.Folder).ToList();
            Assert.InRange(kept.Count, _durable, _appended.Count);
            Assert.Equal(_appended.Take(kept.Count), kept);
            _appended.RemoveRange(kept.Count, _appended.Count - kept.Count);
        }

        private void CheckAll()
        {
            Assert.Empty(_store.Damage);
            CheckReaders();
            var effective = Effective();
            Assert.Equal(effective.Values.OrderBy(r => r.Index), _files.Read().OrderBy(r => r.Index));
            Assert.Equal(effective.Count, _store.RecordedCount);
            for (var point = 0; point <= 5; point++)
            {
                var known = _store.TryGet(Sample.KeyOf(point), out var recorded);
                Assert.Equal(effective.TryGetValue(point, out var expected), known);
                if (known)
                {
                    Assert.Equal(new RecordedPoint(expected!.Status, expected.Result?.Digest ?? 0), recorded);
                }
            }
        }

        // What is not flushed may be there or not.
        private void CheckReaders()
        {
            var read = StoreReader.ReadAll(_files.Folder, damage => Assert.True(damage.IsAtEnd, damage.Message)).ToList();
            Assert.InRange(read.Count, _durable, _appended.Count);
            Assert.Equal(_appended.Take(read.Count), read);
        }

        private static byte[] LateRecords()
        {
            using var files = new TemporaryStore().With(Sample.Ok(Late), Sample.Ok(Late));
            return File.ReadAllBytes(files.Results(1));
        }

        private Dictionary<long, PointRecord> Effective()
        {
            var effective = new Dictionary<long, PointRecord>();
            foreach (var record in _appended.Where(record => record.Status != PointStatus.Divergent))
            {
                if (!effective.TryGetValue(record.Index, out var known) || known.Status == PointStatus.Failed)
                {
                    effective[record.Index] = record;
                }
            }

            return effective;
        }
    }
}
