using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Akka.Actor;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine.Parameters;
using SparseProp.Execution;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Benchmarks;

/// <summary>
/// Points of no work through the coordinator's actor and a real store with its syncs, from workers that are actors of this process and
/// invent their results. Says how many points per second, and what the process's memory grew by.
/// </summary>
internal static class CoordinatorThroughput
{
    /// <summary>--points N (a million) --workers N (a thousand) --store DIR (a temporary folder).</summary>
    public static int Run(string[] options)
    {
        var points = (long)SchedulerThroughput.Option(options, "--points", 1e6);
        var workers = (int)SchedulerThroughput.Option(options, "--workers", 1000);
        var given = Array.IndexOf(options, "--store") is var place and >= 0 ? options[place + 1] : null;
        var folder = given ?? Directory.CreateTempSubdirectory("sparseprop-throughput-").FullName;
        try
        {
            Measure(points, workers, folder);
            return 0;
        }
        finally
        {
            if (given is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Measure(long points, int workers, string folder)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"name: throughput\nmodel: lif\ngrid: {{ seed_ic: 1..{points} }}\nfixed: {{ n: 1000, k: 10 }}\nstop: {{ spikes: 1000 }}\n");
        var started = Stopwatch.GetTimestamp();
        var spec = SweepFile.Parse(text, "throughput.yaml");
        var plan = new SweepPlan(spec);
        using var store = ResultStore.Open(folder, new StoreIdentity
        {
            Sweep = spec.Name,
            SpecText = text,
            SpecHash = spec.Hash.ToString(),
            PointCount = plan.Count,
            Provenance = RunProvenance.Capture("throughput", Assembly.GetExecutingAssembly(), new Dictionary<string, string>()),
        });
        var listener = new Listener();
        var run = new SweepRun(spec, plan, store, RecordedPoints.In(plan, store, retryFailed: false), listener);
        var accepted = Stopwatch.GetElapsedTime(started);

        using var system = ActorSystem.Create("throughput", "akka.loglevel = WARNING\n" + FileThreads.Settings);
        var before = Memory();
        started = Stopwatch.GetTimestamp();
        var coordinator = system.ActorOf(CoordinatorActor.PropsFor(
            new SingleSweep(run, TimeProvider.System), new SchedulerOptions(), listener, TimeProvider.System));
        for (var number = 0; number < workers; number++)
        {
            var name = $"w{number}";
            system.ActorOf(Props.Create(() => new IdleWorker(name, coordinator)), name);
        }

        var most = 0L;
        while (!listener.Finished.Wait(TimeSpan.FromMilliseconds(500)))
        {
            most = Math.Max(most, Memory() - before);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        system.Terminate().Wait();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            points                 {points}, {store.RecordedCount} of them recorded
            workers                {workers}
            plan accepted in       {accepted.TotalMilliseconds:0.0} ms
            points per second      {points / seconds:0}
            memory above start     {most / 1e6:0} MB of the process at most, workers included
            """));
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>A worker as the protocol describes it, whose simulations take no time.</summary>
    private sealed class IdleWorker : ReceiveActor, IWithTimers
    {
        private static readonly PointCost Cost = new()
        {
            WallSeconds = 1e-6,
            CpuSeconds = 1e-6,
            SetupSeconds = 0,
            Host = "host",
            BusySlots = 1,
            Contended = false,
        };

        private readonly string _name;
        private readonly IActorRef _coordinator;
        private long _request;

        public IdleWorker(string name, IActorRef coordinator)
        {
            _name = name;
            _coordinator = coordinator;
            Receive<WorkProtocol.WorkerWelcome>(_ => Ask());
            Receive<WorkProtocol.WorkGranted>(OnGranted);
            Receive<RepeatHello>(_ => SayHello());
            ReceiveAny(_ => { });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => SayHello();

        // A coordinator that is still taking its stores does not hear: said again until the first answer.
        private void SayHello()
        {
            if (_request > 0)
            {
                return;
            }

            var own = ProgramIdentity.Own;
            _coordinator.Tell(new WorkProtocol.WorkerHello(_name, _name, 1, 1L << 40, own.Protocol, own.Engine, own.Build, []));
            Timers.StartSingleTimer(nameof(RepeatHello), RepeatHello.Instance, TimeSpan.FromMilliseconds(200));
        }

        private void Ask() => _coordinator.Tell(new WorkProtocol.RequestWork(_name, ++_request));

        private void OnGranted(WorkProtocol.WorkGranted granted)
        {
            foreach (var point in granted.Points)
            {
                var result = new Engine.SimulationResult
                {
                    Spikes = 1000,
                    SimulatedSeconds = 1,
                    RateHz = 1,
                    CvIsi = 1,
                    CvNeurons = 1,
                    SynapticEvents = 10_000,
                    BytesPerNeuron = 100,
                    Digest = (UInt128)point.Index,
                };
                var record = PointRecord.Ok(point.Index, ParameterText.Parse(point.Parameters), result, Cost, DateTimeOffset.UtcNow);
                _coordinator.Tell(new PointReport(_name, granted.Sweep, granted.Lease, record));
            }

            Ask();
        }

        private sealed record RepeatHello
        {
            public static readonly RepeatHello Instance = new();
        }
    }

    private sealed class Listener : ISweepListener, ICoordinatorWatcher
    {
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Finished => _finished.Task;

        public void OnProgress(SweepProgress progress)
        {
            // The end is what counts.
        }

        public void OnNotice(SweepNotice notice)
        {
            // There is nothing to notice.
        }

        public void OnFinished() => _finished.TrySetResult();

        public void OnBroken(Exception cause) => _finished.TrySetException(cause);

        public void OnStarted(IActorRef coordinator)
        {
            // It is ours.
        }

        public void OnStopped(IActorRef coordinator)
        {
            // It is over.
        }

        public void OnNotice(string sweep, SweepNotice notice)
        {
            // There is nothing to notice.
        }

        public void OnFailed(Exception cause) => _finished.TrySetException(cause);
    }
}
