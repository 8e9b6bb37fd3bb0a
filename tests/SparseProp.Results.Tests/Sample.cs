using CsCheck;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tests;

/// <summary>Records to store: three told by hand, and generators of all others.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<double> Doubles = Gen.OneOf(
        Gen.Double,
        Gen.OneOf(0.0, -0.0, 1.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon));

    // Whole characters only: half of a surrogate pair has no bytes in UTF-8.
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String.AlphaNumeric,
        Gen.OneOf("", "späte Spitze", "尖峰", "🧠", new string('x', 9000), string.Concat(Enumerable.Repeat("🧠", 3000))));

    private static readonly Gen<RunLength> Length =
        Gen.Select(Gen.Enum<RunUnit>(), Doubles, (unit, amount) => new RunLength(unit, amount));

    private static readonly Gen<UInt128> Number = Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low));

    private static readonly Gen<TrainingParameters> Trainings =
        from task in Gen.Enum<TrainingTask>()
        from whole in Gen.Int.Array[TrainingParameter.All.Count]
        from real in Doubles.Array[TrainingParameter.All.Count]
        from seed in Gen.Long
        from trained in Gen.Int[1, 15]
        select TrainingParameter.All
            .Select((parameter, i) => (parameter, Value: parameter.Kind == ParameterKind.Real ? ParameterValue.Of(real[i]) : ParameterValue.Of((long)whole[i])))
            .Where(set => !set.parameter.IsText && !set.parameter.IsSeed)
            .Aggregate(
                SimulationParameters.Defaults with { Training = new() { Task = task, SeedData = seed, Trained = (TrainedParameters)trained } },
                (point, set) => set.parameter.Set(point, set.Value)).Training!;

    private static readonly Gen<SimulationParameters> Parameters =
        from model in Gen.Enum<NeuronModel>()
        from n in Gen.Int
        from k in Gen.Int
        from drive in Gen.Select(Doubles, Doubles, Doubles)
        from shape in Gen.Select(Doubles, Doubles)
        from seeds in Gen.Select(Gen.Long, Gen.Long)
        from network in Gen.Select(Gen.Enum<Topology>(), Gen.Enum<EventLoop>())
        from lengths in Gen.Select(Length, Length)
        from synapses in Gen.Select(Doubles, Doubles)
        from order in Gen.Int
        from record in Gen.Int[0, 31].Select(kinds => (StatisticKinds)kinds)
        from exponents in Gen.Int
        from training in Gen.Null(Trainings)
        select new SimulationParameters
        {
            Training = training,
            Model = model,
            N = n,
            K = k,
            J0 = drive.Item1,
            Rate = drive.Item2,
            Tau = drive.Item3,
            Eta = shape.Item1,
            DeltaV = shape.Item2,
            SeedIc = seeds.Item1,
            SeedNet = seeds.Item2,
            Topology = network.Item1,
            Loop = network.Item2,
            Stop = lengths.Item1,
            BurnIn = lengths.Item2,
            ExcitatoryFraction = synapses.Item1,
            G = synapses.Item2,
            ChebyshevOrder = order,
            Record = record,
            LyapunovExponents = exponents,
        };

    private static readonly Gen<Series> Numbers =
        Gen.OneOf(Doubles, Gen.Int[0, 1000].Select(count => (double)count)).Array[0, 60].Select(values => new Series(values));

    private static readonly Gen<double?> Perhaps = Gen.Nullable(Doubles);

    private static readonly Gen<Stationarity> Halves =
        from rates in Gen.Select(Doubles, Doubles, Perhaps)
        select new Stationarity { FirstHalfHz = rates.Item1, SecondHalfHz = rates.Item2, Deviation = rates.Item3 };

    private static readonly Gen<RateDistribution> RateDistributions =
        from numbers in Gen.Select(Doubles, Doubles, Perhaps, Perhaps)
        from lists in Gen.Select(Numbers, Numbers)
        select new RateDistribution
        {
            SdHz = numbers.Item1,
            SilentFraction = numbers.Item2,
            InDegreeCorrelation = numbers.Item3,
            InDegreeSlopeHz = numbers.Item4,
            PercentilesHz = lists.Item1,
            Histogram = lists.Item2,
        };

    private static readonly Gen<Irregularity> Irregularities =
        from numbers in Perhaps.Array[7]
        from neurons in Gen.Int[0, int.MaxValue]
        from histogram in Numbers
        select new Irregularity
        {
            CvSd = numbers[0],
            CvHistogram = histogram,
            Cv2 = numbers[1],
            Cv2Sd = numbers[2],
            Lv = numbers[3],
            LvSd = numbers[4],
            Fano = numbers[5],
            FanoNeurons = neurons,
            SilentFraction1s = numbers[6],
        };

    private static readonly Gen<PopulationActivity> Populations =
        from numbers in Perhaps.Array[6]
        from width in Doubles
        from lists in Numbers.Array[3]
        select new PopulationActivity
        {
            Fano1ms = numbers[0],
            Fano10ms = numbers[1],
            Fano100ms = numbers[2],
            Fano1s = numbers[3],
            MeanCorrelation1s = numbers[4],
            CountChi1s = numbers[5],
            ActivityBinSeconds = width,
            Activity = lists[0],
            Autocorrelation = lists[1],
            AutocorrelationLagSeconds = lists[2],
        };

    private static readonly Gen<NetworkStability> Stabilities =
        from numbers in Perhaps.Array[3]
        from exponents in Gen.Select(Doubles, Doubles, Numbers)
        select new NetworkStability
        {
            Largest = exponents.Item1,
            StandardError = numbers[0],
            Mean = exponents.Item2,
            Spectrum = exponents.Item3,
            EntropyBitsPerSpike = numbers[1],
            KaplanYorkeDimension = numbers[2],
        };

    private static readonly Gen<TrainingResult> Learnings =
        from losses in Gen.Select(Doubles, Doubles)
        from others in Perhaps.Array[3]
        from curve in Numbers.Array[6]
        select new TrainingResult
        {
            Loss = losses.Item1,
            BaselineLoss = losses.Item2,
            Accuracy = others[0],
            BaselineAccuracy = others[1],
            WeightError = others[2],
            Curve = new LearningCurve
            {
                Iterations = curve[0],
                Loss = curve[1],
                ValidationLoss = curve[2],
                GradientNorm = curve[3],
                Discontinuities = curve[4],
                Accuracy = curve[5],
            },
        };

    private static readonly Gen<SimulationResult> Results =
        from counts in Gen.Select(Gen.Long, Gen.Long, Gen.Int)
        from means in Gen.Select(Doubles, Doubles, Doubles)
        from irregularity in Gen.Nullable(Doubles)
        from digest in Number
        from halves in Gen.Null(Halves)
        from rates in Gen.Null(RateDistributions)
        from variability in Gen.Null(Irregularities)
        from population in Gen.Null(Populations)
        from chi in Perhaps
        from stability in Gen.Null(Stabilities)
        from learning in Gen.Null(Learnings)
        select new SimulationResult
        {
            Training = learning,
            Spikes = counts.Item1,
            SynapticEvents = counts.Item2,
            CvNeurons = counts.Item3,
            SimulatedSeconds = means.Item1,
            RateHz = means.Item2,
            BytesPerNeuron = means.Item3,
            CvIsi = irregularity,
            Digest = digest,
            Stationarity = halves,
            Rates = rates,
            Irregularity = variability,
            Population = population,
            Chi = chi,
            Stability = stability,
        };

    private static readonly Gen<PointFailure> Failures =
        from texts in Gen.Select(Text, Text)
        from attempts in Gen.Int
        select new PointFailure { Kind = texts.Item1, Message = texts.Item2, Attempts = attempts };

    private static readonly Gen<PointCost> Costs =
        from times in Gen.Select(Doubles, Doubles, Doubles)
        from host in Text
        from load in Gen.Select(Gen.Bool, Gen.Int)
        select new PointCost
        {
            WallSeconds = times.Item1,
            CpuSeconds = times.Item2,
            SetupSeconds = times.Item3,
            Host = host,
            Contended = load.Item1,
            BusySlots = load.Item2,
        };

    /// <summary>Any record that can be written.</summary>
    public static Gen<PointRecord> Records { get; } =
        from key in Number
        from index in Gen.Long
        from status in Gen.Enum<PointStatus>()
        from parameters in Parameters
        from result in Results
        from failure in Failures
        from cost in Gen.Null(Costs)
        from finished in Gen.DateTimeOffset
        from version in Gen.Int
        select new PointRecord
        {
            Key = new PointKey(key),
            Index = index,
            Status = status,
            Parameters = parameters,
            Result = status == PointStatus.Failed ? null : result,
            Failure = status == PointStatus.Failed ? failure : null,
            Cost = cost,
            FinishedUtc = finished,
            EngineVersion = version,
        };

    /// <summary>The point with seed <paramref name="number"/>, simulated; <paramref name="digest"/> stands for its spikes.</summary>
    public static PointRecord Ok(int number, ulong digest = 7)
    {
        var parameters = ParametersOf(number);
        return new PointRecord
        {
            Key = KeyOf(number),
            Index = number,
            Status = PointStatus.Ok,
            Parameters = parameters,
            Result = new SimulationResult
            {
                Spikes = 20_000 + number,
                SimulatedSeconds = 20.5,
                RateHz = 0.9756,
                CvIsi = number % 2 == 0 ? 0.71 : null,
                CvNeurons = number % 2 == 0 ? 998 : 0,
                SynapticEvents = 2_000_000 + (100 * number),
                BytesPerNeuron = 416.5,
                Digest = new UInt128(digest, (ulong)number),
            },
            Cost = new PointCost
            {
                WallSeconds = 0.25,
                CpuSeconds = 0.0625,
                SetupSeconds = 0.125,
                Host = "node-1",
                Contended = false,
                BusySlots = 2,
            },
            FinishedUtc = Noon.AddSeconds(number),
            EngineVersion = 1,
        };
    }

    /// <summary>The point with seed <paramref name="number"/>, given up after <paramref name="attempts"/> tries.</summary>
    public static PointRecord Failed(int number, int attempts = 3) => new()
    {
        Key = KeyOf(number),
        Index = number,
        Status = PointStatus.Failed,
        Parameters = ParametersOf(number),
        Failure = new PointFailure { Kind = "too-large", Message = "needs 3 TB of memory", Attempts = attempts },
        FinishedUtc = Noon.AddSeconds(number),
        EngineVersion = 1,
    };

    /// <summary>A repetition of <see cref="Ok"/> that gave other spikes.</summary>
    public static PointRecord Divergent(int number, ulong digest = 8) => Ok(number, digest) with { Status = PointStatus.Divergent };

    public static PointKey KeyOf(int number) => new(new UInt128(0xabcdef, (ulong)number));

    private static SimulationParameters ParametersOf(int number) => new()
    {
        N = 1000,
        K = 100,
        SeedIc = number,
        Stop = RunLength.SpikesPerNeuron(20),
        BurnIn = RunLength.SpikesPerNeuron(5),
    };
}
