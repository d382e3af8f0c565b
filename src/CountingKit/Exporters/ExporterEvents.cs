using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Exporters;

// Stream tab-{spreadsheetId}: which exporter writes which tab of a Google spreadsheet.

/// <summary>A tab was taken for a new exporter. A reactor opens the exporter's stream from it.</summary>
/// <param name="TabTitle">Compared without regard to case, as Google does.</param>
public sealed record TabClaimed(
    string SpreadsheetId, string TabTitle, Guid ExporterId, ExporterConfiguration Configuration)
    : IOwnershipEvent, IPlacementEvent
{
    public (OwnedKind Kind, Guid Id, Guid? Inside) Placed() =>
        (OwnedKind.Exporter, ExporterId, Configuration.SpreadsheetKey);

    public (OwnedKind Kind, Guid Id, IReadOnlyList<Guid> Connections) Owned() =>
        (OwnedKind.Exporter, ExporterId, Configuration.ConnectionIds);
}

/// <summary>An existing exporter moved to this tab.</summary>
public sealed record TabTaken(string SpreadsheetId, string TabTitle, Guid ExporterId) : IEvent, IConcernsExporter;

public sealed record TabReleased(string SpreadsheetId, string TabTitle, Guid ExporterId) : IEvent, IConcernsExporter;

// Stream exporter-{exporterId}

/// <param name="ConfigurationVersion">1.</param>
/// <param name="SpreadsheetId">Google's id of the spreadsheet that the configuration names.</param>
public sealed record ExporterCreated(
    Guid ExporterId, int ConfigurationVersion, ExporterConfiguration Configuration, string SpreadsheetId) : IEvent, IConcernsExporter;

/// <param name="ConfigurationVersion">One more than before.</param>
public sealed record ExporterChanged(
    Guid ExporterId, int ConfigurationVersion, ExporterConfiguration Configuration, string SpreadsheetId)
    : IOwnershipEvent, IPlacementEvent
{
    public (OwnedKind Kind, Guid Id, Guid? Inside) Placed() =>
        (OwnedKind.Exporter, ExporterId, Configuration.SpreadsheetKey);

    public (OwnedKind Kind, Guid Id, IReadOnlyList<Guid> Connections) Owned() =>
        (OwnedKind.Exporter, ExporterId, Configuration.ConnectionIds);
}

public sealed record ExporterPaused(Guid ExporterId) : IEvent, IConcernsExporter;

public sealed record ExporterResumed(Guid ExporterId) : IEvent, IConcernsExporter;

/// <summary>It runs no more. Its configuration, runs and snapshots stay in the history; its tab stays in the sheet.</summary>
/// <param name="Reason">deleted, or disconnected (with its last organization).</param>
public sealed record ExporterDeleted(Guid ExporterId, string Reason) : IPlacementEvent, IConcernsExporter
{
    public (OwnedKind Kind, Guid Id, Guid? Inside) Placed() => (OwnedKind.Exporter, ExporterId, null);
}

public static class ExporterEvents
{
    public static EventCatalog AddExporterEvents(this EventCatalog catalog) => catalog
        .Map<TabClaimed>("tab-claimed.v1", e => new(
            "Reserved a tab", "exporter", e.ExporterId, e.Configuration.Name, Prepares: true))
        .Map<TabTaken>("tab-taken.v1", e => new("Reserved another tab", "exporter", e.ExporterId, Prepares: true))
        .Map<TabReleased>("tab-released.v1", e => new("Released a tab", "exporter", e.ExporterId))
        .Map<ExporterCreated>("exporter-created.v1", e => new(
            "Created the exporter", "exporter", e.ExporterId, e.Configuration.Name, "configuration"))
        .Map<ExporterChanged>("exporter-changed.v1", e => new(
            "Changed the exporter", "exporter", e.ExporterId, e.Configuration.Name, "configuration"))
        .Map<ExporterPaused>("exporter-paused.v1", e => new("Paused the exporter", "exporter", e.ExporterId))
        .Map<ExporterResumed>("exporter-resumed.v1", e => new("Resumed the exporter", "exporter", e.ExporterId))
        .Map<ExporterDeleted>("exporter-deleted.v1", e => new("Deleted the exporter", "exporter", e.ExporterId));
}
