using MessagePack;
using SparseProp.Engine;
using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>Writes the statistics of a record: those from <see cref="RecordField.RateFirstHalfHz"/> on, keys ascending.</summary>
internal static class StatisticsWriting
{
    private const int StationarityFields = 3;
    private const int RateFields = 6;
    private const int IrregularityFields = 9;
    private const int PopulationFields = 10;
    private const int StabilityFields = 6;

    public static int FieldCount(SimulationResult? result) => result is null
        ? 0
        : (result.Stationarity is null ? 0 : StationarityFields)
            + (result.Rates is null ? 0 : RateFields)
            + (result.Irregularity is null ? 0 : IrregularityFields)
            + (result.Population is null ? 0 : PopulationFields)
            + (result.Chi is null ? 0 : 1)
            + (result.Stability is null ? 0 : StabilityFields);

    public static void Write(ref MessagePackWriter writer, SimulationResult? result)
    {
        if (result is null)
        {
            return;
        }

        WriteStationarity(ref writer, result.Stationarity);
        WriteRates(ref writer, result.Rates);
        WriteIrregularity(ref writer, result.Irregularity);
        WritePopulation(ref writer, result.Population);
        if (result.Chi is { } chi)
        {
            Write(ref writer, RecordField.Chi, chi);
        }

        WriteStability(ref writer, result.Stability);
    }

    private static void WriteStationarity(ref MessagePackWriter writer, Stationarity? halves)
    {
        if (halves is not null)
        {
            Write(ref writer, RecordField.RateFirstHalfHz, halves.FirstHalfHz);
            Write(ref writer, RecordField.RateSecondHalfHz, halves.SecondHalfHz);
            Write(ref writer, RecordField.HalvesDeviation, halves.Deviation);
        }
    }

    private static void WriteRates(ref MessagePackWriter writer, RateDistribution? rates)
    {
        if (rates is not null)
        {
            Write(ref writer, RecordField.RateSdHz, rates.SdHz);
            Write(ref writer, RecordField.RatePercentilesHz, rates.PercentilesHz);
            Write(ref writer, RecordField.RateHistogram, rates.Histogram);
            Write(ref writer, RecordField.SilentFraction, rates.SilentFraction);
            Write(ref writer, RecordField.InDegreeCorrelation, rates.InDegreeCorrelation);
            Write(ref writer, RecordField.InDegreeSlopeHz, rates.InDegreeSlopeHz);
        }
    }

    private static void WriteIrregularity(ref MessagePackWriter writer, Irregularity? irregularity)
    {
        if (irregularity is not null)
        {
            Write(ref writer, RecordField.CvIsiSd, irregularity.CvSd);
            Write(ref writer, RecordField.CvIsiHistogram, irregularity.CvHistogram);
            Write(ref writer, RecordField.Cv2, irregularity.Cv2);
            Write(ref writer, RecordField.Cv2Sd, irregularity.Cv2Sd);
            Write(ref writer, RecordField.Lv, irregularity.Lv);
            Write(ref writer, RecordField.LvSd, irregularity.LvSd);
            Write(ref writer, RecordField.Fano1s, irregularity.Fano);
            Write(ref writer, RecordField.FanoNeurons, irregularity.FanoNeurons);
            Write(ref writer, RecordField.SilentFraction1s, irregularity.SilentFraction1s);
        }
    }

    private static void WritePopulation(ref MessagePackWriter writer, PopulationActivity? population)
    {
        if (population is not null)
        {
            Write(ref writer, RecordField.PopulationFano1ms, population.Fano1ms);
            Write(ref writer, RecordField.PopulationFano10ms, population.Fano10ms);
            Write(ref writer, RecordField.PopulationFano100ms, population.Fano100ms);
            Write(ref writer, RecordField.PopulationFano1s, population.Fano1s);
            Write(ref writer, RecordField.MeanCorrelation1s, population.MeanCorrelation1s);
            Write(ref writer, RecordField.CountChi1s, population.CountChi1s);
            Write(ref writer, RecordField.ActivityBinSeconds, population.ActivityBinSeconds);
            Write(ref writer, RecordField.Activity, population.Activity);
            Write(ref writer, RecordField.Autocorrelation, population.Autocorrelation);
            Write(ref writer, RecordField.AutocorrelationLagSeconds, population.AutocorrelationLagSeconds);
        }
    }

    private static void WriteStability(ref MessagePackWriter writer, NetworkStability? stability)
    {
        if (stability is not null)
        {
            Write(ref writer, RecordField.LyapunovPerSecond, stability.Largest);
            Write(ref writer, RecordField.LyapunovSemPerSecond, stability.StandardError);
            Write(ref writer, RecordField.LyapunovMeanPerSecond, stability.Mean);
            Write(ref writer, RecordField.LyapunovSpectrumPerSecond, stability.Spectrum);
            Write(ref writer, RecordField.EntropyBitsPerSpike, stability.EntropyBitsPerSpike);
            Write(ref writer, RecordField.KaplanYorkeDimension, stability.KaplanYorkeDimension);
        }
    }

    private static void Write(ref MessagePackWriter writer, RecordField field, double? value)
    {
        writer.Write((int)field);
        if (value is { } number)
        {
            writer.Write(number);
        }
        else
        {
            writer.WriteNil();
        }
    }

    // Counts and percentiles are whole numbers more often than not, which take fewer bytes.
    private static void Write(ref MessagePackWriter writer, RecordField field, Series values)
    {
        writer.Write((int)field);
        writer.WriteArrayHeader(values.Count);
        foreach (var value in values.AsSpan())
        {
            if (value >= 0 && value < 1L << 53 && value == Math.Floor(value) && !(value == 0 && double.IsNegative(value)))
            {
                writer.Write((long)value);
            }
            else
            {
                writer.Write(value);
            }
        }
    }
}
