namespace SparseProp.Results;

/// <summary>The integer keys of a record's map. Only ever appended to: a number is never given a second meaning.</summary>
internal enum RecordField
{
    Key = 0,
    Status = 1,
    Digest = 2,
    Index = 3,

    Model = 4,
    N = 5,
    K = 6,
    J0 = 7,
    Rate = 8,
    Tau = 9,
    Eta = 10,
    DeltaV = 11,
    SeedIc = 12,
    SeedNet = 13,
    Topology = 14,
    Engine = 15,
    StopUnit = 16,
    StopAmount = 17,
    BurnInUnit = 18,
    BurnInAmount = 19,

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

    ExcitatoryFraction = 38,
    G = 39,
    ChebyshevOrder = 40,
    Record = 41,
}
