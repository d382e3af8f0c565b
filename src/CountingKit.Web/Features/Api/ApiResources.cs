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
