using MessagePack;
using SparseProp.Engine;
using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>The statistics of a record while its map is read: those from <see cref="RecordField.RateFirstHalfHz"/> on.</summary>
internal sealed class StatisticsReading
{
    private const int First = (int)RecordField.RateFirstHalfHz;
    private static readonly int Count = RecordNames.Fields.Count - First;

    private readonly double?[] _numbers = new double?[Count];
    private readonly Series?[] _series = new Series?[Count];

    public void Read(ref MessagePackReader reader, RecordField field)
    {
        if (reader.NextMessagePackType == MessagePackType.Array)
        {
            _series[(int)field - First] = reader.ReadSeries();
        }
        else
        {
            _numbers[(int)field - First] = reader.ReadDouble();
        }
    }

    public double? Number(RecordField field) => _numbers[(int)field - First];

    public Stationarity? ToStationarity() => Number(RecordField.RateFirstHalfHz) is { } first
        ? new Stationarity
        {
            FirstHalfHz = first,
            SecondHalfHz = Required(RecordField.RateSecondHalfHz),
            Deviation = Number(RecordField.HalvesDeviation),
        }
        : null;

    public RateDistribution? ToRates() => Number(RecordField.RateSdHz) is { } deviation
        ? new RateDistribution
        {
            SdHz = deviation,
            PercentilesHz = RequiredSeries(RecordField.RatePercentilesHz),
            Histogram = RequiredSeries(RecordField.RateHistogram),
            SilentFraction = Required(RecordField.SilentFraction),
            InDegreeCorrelation = Number(RecordField.InDegreeCorrelation),
            InDegreeSlopeHz = Number(RecordField.InDegreeSlopeHz),
        }
        : null;

    public Irregularity? ToIrregularity() => Series(RecordField.CvIsiHistogram) is { } histogram
        ? new Irregularity
        {
            CvSd = Number(RecordField.CvIsiSd),
            CvHistogram = histogram,
            Cv2 = Number(RecordField.Cv2),
            Cv2Sd = Number(RecordField.Cv2Sd),
            Lv = Number(RecordField.Lv),
            LvSd = Number(RecordField.LvSd),
            Fano = Number(RecordField.Fano1s),
            FanoNeurons = RequiredCount(RecordField.FanoNeurons),
            SilentFraction1s = Number(RecordField.SilentFraction1s),
        }
        : null;

    public PopulationActivity? ToPopulation() => Series(RecordField.Activity) is { } activity
        ? new PopulationActivity
        {
            Fano1ms = Number(RecordField.PopulationFano1ms),
            Fano10ms = Number(RecordField.PopulationFano10ms),
            Fano100ms = Number(RecordField.PopulationFano100ms),
            Fano1s = Number(RecordField.PopulationFano1s),
            MeanCorrelation1s = Number(RecordField.MeanCorrelation1s),
            CountChi1s = Number(RecordField.CountChi1s),
            ActivityBinSeconds = Required(RecordField.ActivityBinSeconds),
            Activity = activity,
            Autocorrelation = RequiredSeries(RecordField.Autocorrelation),
            AutocorrelationLagSeconds = RequiredSeries(RecordField.AutocorrelationLagSeconds),
        }
        : null;

    public NetworkStability? ToStability() => Series(RecordField.LyapunovSpectrumPerSecond) is { } spectrum
        ? new NetworkStability
        {
            Largest = Required(RecordField.LyapunovPerSecond),
            StandardError = Number(RecordField.LyapunovSemPerSecond),
            Mean = Required(RecordField.LyapunovMeanPerSecond),
            Spectrum = spectrum,
            EntropyBitsPerSpike = Number(RecordField.EntropyBitsPerSpike),
            KaplanYorkeDimension = Number(RecordField.KaplanYorkeDimension),
        }
        : null;

    private Series? Series(RecordField field) => _series[(int)field - First];

    private double Required(RecordField field) => Number(field) ?? throw Missing(field);

    private Series RequiredSeries(RecordField field) => Series(field) ?? throw Missing(field);

    private int RequiredCount(RecordField field) => Required(field) is >= 0 and <= int.MaxValue and var count
        ? (int)count
        : throw new MessagePackSerializationException($"the field {RecordNames.Of(field)} is no count");

    private static MessagePackSerializationException Missing(RecordField field) =>
        new($"the record lacks the field {RecordNames.Of(field)}");
}
