namespace SparseProp.Results.Records;

/// <summary>
/// The integer keys of a record's map, but those of parameters, which their declarations have. Only ever appended to: a number is never
/// given a second meaning.
/// </summary>
internal enum RecordField
{
    Key = 0,
    Status = 1,
    Digest = 2,
    Index = 3,


    Spikes = 20,
    SimulatedSeconds = 21,
    RateHz = 22,
    CvIsi = 23,
    CvNeurons = 24,
    SynapticEvents = 25,
    BytesPerNeuron = 26,

    WallSeconds = 27,
    CpuSeconds = 28,
    SetupSeconds = 29,
    Host = 30,
    Contended = 31,
    BusySlots = 32,

    ErrorKind = 33,
    Error = 34,
    Attempts = 35,

    FinishedUtc = 36,
    EngineVersion = 37,


    RateFirstHalfHz = 43,
    RateSecondHalfHz = 44,
    HalvesDeviation = 45,
    RateSdHz = 46,
    RatePercentilesHz = 47,
    RateHistogram = 48,
    SilentFraction = 49,
    InDegreeCorrelation = 50,
    InDegreeSlopeHz = 51,
    CvIsiSd = 52,
    CvIsiHistogram = 53,
    Cv2 = 54,
    Cv2Sd = 55,
    Lv = 56,
    LvSd = 57,
    Fano1s = 58,
    FanoNeurons = 59,
    SilentFraction1s = 60,
    PopulationFano1ms = 61,
    PopulationFano10ms = 62,
    PopulationFano100ms = 63,
    PopulationFano1s = 64,
    MeanCorrelation1s = 65,
    CountChi1s = 66,
    ActivityBinSeconds = 67,
    Activity = 68,
    Autocorrelation = 69,
    AutocorrelationLagSeconds = 70,
    Chi = 71,
    LyapunovPerSecond = 72,
    LyapunovSemPerSecond = 73,
    LyapunovMeanPerSecond = 74,
    LyapunovSpectrumPerSecond = 75,
    EntropyBitsPerSpike = 76,
    KaplanYorkeDimension = 77,

    Training = 78,
    Learning = 79,

    Network = 81,
    Populations = 82,
    ExternalEvents = 83,
}
