namespace SparseProp.Results.Records;

/// <summary>What a simulation cost, and on which machine under which load; no part of its outcome.</summary>
public sealed record PointCost
{
    /// <summary>Wall time in seconds, from the start of set-up to the end of the measurement.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>CPU time of the event loop in seconds; set-up and compilation are not in it.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Wall time of building network and state, in seconds.</summary>
    public required double SetupSeconds { get; init; }

    /// <summary>Name of the machine, cut to <see cref="RecordText.MaxNameLength"/> characters.</summary>
    public required string Host { get; init => field = RecordText.Cut(value, RecordText.MaxNameLength); }

    /// <summary>Whether more threads wanted the machine's cores than there are, so that the times are no measurement.</summary>
    public required bool Contended { get; init; }

    /// <summary>Engine slots of the machine that were busy when the simulation started, itself included.</summary>
    public required int BusySlots { get; init; }
}
