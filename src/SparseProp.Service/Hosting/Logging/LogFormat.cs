namespace SparseProp.Service.Hosting.Logging;

/// <summary>How a node writes its log.</summary>
public enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>A JSON object on each line, for programs that collect logs.</summary>
    Json,
}
