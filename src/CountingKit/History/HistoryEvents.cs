using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.History;

/// <summary>What a table can be downloaded as.</summary>
public enum FileFormat { Csv, Xlsx, Parquet }

// Stream download-{id}: one handing out of rows.

/// <summary>A member took rows of a past run out of the portal, as a file.</summary>
/// <param name="ComparedWith">The earlier run that they were compared with; null = the file holds the run's own rows.</param>
public sealed record RowsDownloaded(Guid RunId, FileFormat Format, Guid? ComparedWith = null) : IEvent, IConcernsRuns
{
    /// <inheritdoc/>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<Guid> RunIds => ComparedWith is { } other ? [RunId, other] : [RunId];
}

public static class HistoryEvents
{
    public static EventCatalog AddHistoryEvents(this EventCatalog catalog) => catalog
        .Map<RowsDownloaded>("rows-downloaded.v1", e => new(
            "Downloaded rows of the run", "run", e.RunId,
            Detail: (e.ComparedWith is null ? "" : "a comparison, ") + NameOf(e.Format)));

    private static string NameOf(FileFormat format) => format switch
    {
        FileFormat.Csv => "CSV",
        FileFormat.Xlsx => "Excel",
        FileFormat.Parquet => "Parquet",
    };
}
