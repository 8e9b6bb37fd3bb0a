namespace SparseProp.Results.Export;

/// <summary>Formats of tables that other programs read.</summary>
public enum ExportFormat
{
    /// <summary>Apache Parquet; units and meanings of the columns are in the file's metadata <c>columns</c>, as JSON.</summary>
    Parquet,

    /// <summary>Comma-separated values with a header; lists are JSON arrays, and nothing is between the commas where a value is unknown.</summary>
    Csv,

    /// <summary>A JSON object on each line.</summary>
    Jsonl,

    /// <summary>Apache Arrow's IPC file format, also known as Feather 2; units and meanings are in the metadata of the fields.</summary>
    Arrow,
}
