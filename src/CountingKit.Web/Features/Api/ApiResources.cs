using CountingKit.Datasets;

namespace CountingKit.Web.Features.Api;

/// <summary>A connection, as the API gives it. Times are UTC.</summary>
public sealed record ConnectionResource
{
    public required Guid Id { get; init; }

    public required string Organization { get; init; }

    public required string Status { get; init; }
}

public sealed record ExporterResource
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Data { get; init; }

    /// <summary>As it was called when it was last written; before that, as it is to be called.</summary>
    public required string Tab { get; init; }

    public required string SpreadsheetId { get; init; }

    public required bool Paused { get; init; }

    /// <summary>The active run; null = none.</summary>
    public Guid? ActiveRun { get; init; }

    /// <summary>The sheet holds the data of this moment; null = never written.</summary>
    public DateTime? WrittenAt { get; init; }
}

public sealed record RunResource
{
    public required Guid Id { get; init; }

    public required Guid Exporter { get; init; }

    public required string Status { get; init; }

    public required bool Ended { get; init; }

    public required DateTime QueuedAt { get; init; }

    /// <summary>The run whose rows it writes again; null = it is no replay.</summary>
    public Guid? ReplayOf { get; init; }

    /// <summary>For a replay: its rows are of then, old on purpose.</summary>
    public DateTime? DataAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public long? Rows { get; init; }

    /// <summary>Rows that were sent to the sheet, where the others were in it already; null = all were, or none was.</summary>
    public long? RowsSent { get; init; }

    public long? Added { get; init; }

    public long? Changed { get; init; }

    public long? Removed { get; init; }

    public required int XeroCalls { get; init; }

    public required int GoogleCalls { get; init; }

    public string? ContentHash { get; init; }

    /// <summary>For a run that waits: it goes on then; null = once what is away is back.</summary>
    public DateTime? WaitsUntil { get; init; }

    /// <summary>Why it failed, waits or was stopped; of one that a person canceled, what it had waited for. Null = nothing of it.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>What should be looked at, though it ended well; also where nothing had changed.</summary>
    public required IReadOnlyList<WarningResource> Warnings { get; init; }
}

public sealed record WarningResource
{
    public required string Code { get; init; }

    public required string Message { get; init; }
}

public sealed record SpreadsheetResource
{
    public required Guid Id { get; init; }

    /// <summary>Google's.</summary>
    public required string SpreadsheetId { get; init; }

    public required string Title { get; init; }

    /// <summary>For people, to open it.</summary>
    public required string Url { get; init; }
}

/// <summary>Data that can be exported.</summary>
public sealed record DatasetResource
{
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>True = its rows are lines of a report for each period; false = a list.</summary>
    public required bool IsReport { get; init; }

    public required IReadOnlyList<ColumnResource> Columns { get; init; }

    /// <summary>As Xero writes them; empty = it is not filtered by status.</summary>
    public required IReadOnlyList<string> Statuses { get; init; }

    /// <summary>By hand: a column may hold another dataset, and AutoMapper maps no type that can hold itself.</summary>
    internal static DatasetResource Of(Dataset dataset) => new()
    {
        Key = dataset.Key,
        Title = dataset.Title,
        IsReport = dataset.Report is not null,
        Statuses = [.. dataset.Statuses.Select(status => status.Value)],
        Columns =
        [
            .. dataset.Columns.Select(column => new ColumnResource
            {
                Key = column.Key, Heading = column.Heading, Type = column.Type.ToString(), IsDefault = column.IsDefault,
                Note = column.Note,
            }),
        ],
    };
}

public sealed record ColumnResource
{
    public required string Key { get; init; }

    public required string Heading { get; init; }

    /// <summary><c>Text</c>, <c>Money</c>, <c>Date</c> …</summary>
    public required string Type { get; init; }

    /// <summary>A new exporter has it unless somebody chooses otherwise.</summary>
    public required bool IsDefault { get; init; }

    public string? Note { get; init; }
}

public sealed record ScheduleResource
{
    public required Guid Id { get; init; }

    /// <summary>"Weekdays at 06:00, London".</summary>
    public required string Words { get; init; }

    public required bool Paused { get; init; }

    /// <summary>With the offset of the schedule's zone; null = it is paused, or never comes.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The run that it started last; null = none yet.</summary>
    public Guid? LastRun { get; init; }

    /// <summary>Its last time that no run was started for; null = none since its last run.</summary>
    public DateTime? SkippedAt { get; init; }

    /// <summary>Why not; null = there is nothing to tell.</summary>
    public string? Code { get; init; }
}

/// <summary>An event of the audit trail.</summary>
public sealed record AuditResource
{
    /// <summary>1, 2, 3 … in the order of the log.</summary>
    public required long Number { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The person or program, by name.</summary>
    public required string Who { get; init; }

    /// <summary>The network address that it was asked from; null = nobody asked, or it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>In words.</summary>
    public required string Action { get; init; }

    /// <summary>The event's stored name.</summary>
    public required string Type { get; init; }

    public required string TargetKind { get; init; }

    public required Guid TargetId { get; init; }

    public required string TargetName { get; init; }

    /// <summary>The same for all that goes back to one click, or to one time of a schedule.</summary>
    public required Guid Correlation { get; init; }
}
