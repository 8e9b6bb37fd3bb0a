namespace SparseProp.Results.Records;

/// <summary>Why a point has no result.</summary>
public sealed record PointFailure
{
    /// <summary>A word for counting and filtering; cut to <see cref="RecordText.MaxNameLength"/> characters.</summary>
    public required string Kind { get; init => field = RecordText.Cut(value, RecordText.MaxNameLength); }

    /// <summary>What happened, for the user; cut to <see cref="RecordText.MaxMessageLength"/> characters.</summary>
    public required string Message { get; init => field = RecordText.Cut(value, RecordText.MaxMessageLength); }

    /// <summary>How often the point was tried.</summary>
    public required int Attempts { get; init; }
}
