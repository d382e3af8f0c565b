using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Exporters;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>One exporter, as lists and its page show it: how it is set up, and what its runs left.</summary>
[Index(nameof(WorkspaceId))]
public sealed class ExporterRow : IScopedRow
{
    [Key]
    public Guid ExporterId { get; set; }

    public Guid WorkspaceId { get; set; }

    public required string Name { get; set; }

    public required string Dataset { get; set; }

    /// <summary>The organizations that it reads, separated by spaces.</summary>
    public required string Connections { get; set; }

    public Guid Scope { get; set; }

    public Guid SpreadsheetKey { get; set; }

    public required string SpreadsheetId { get; set; }

    /// <summary>The name for a tab that has to be made.</summary>
    public required string TabTitle { get; set; }

    /// <summary>The last <see cref="LeftInTab"/> as JSON, in whichever spreadsheet that was; null = none yet.</summary>
    public string? LastWrite { get; set; }

    /// <summary>
    /// Its own tab, as it was called when it was last written; null = it did not write last to this spreadsheet.
    /// </summary>
    public string? WrittenTab { get; set; }

    /// <summary>The name that another tab had when this one was made; null = it was free.</summary>
    public string? TakenTab { get; set; }

    /// <summary>The tab's id in the spreadsheet; null = not written yet.</summary>
    public int? SheetId { get; set; }

    public int ConfigurationVersion { get; set; }

    /// <summary>The whole <see cref="ExporterConfiguration"/>, as JSON.</summary>
    public required string Configuration { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>UTC; null = it is there.</summary>
    public DateTime? DeletedAt { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>The active run; null = none.</summary>
    public Guid? ActiveRunId { get; set; }

    /// <summary>How that run stands; null with <see cref="ActiveRunId"/>.</summary>
    public RunStatus? ActiveStatus { get; set; }

    /// <summary>The last run that ended; null = none yet.</summary>
    public Guid? LastRunId { get; set; }

    /// <summary>The last run that ended and was meant for its own tab, of which what follows tells; null = none yet.</summary>
    public Guid? LastOwnRunId { get; set; }

    public RunStatus? LastStatus { get; set; }

    /// <summary>That run ended well, but something should be looked at.</summary>
    public bool LastWarned { get; set; }

    /// <summary>Why that run stopped so that a person looks first; null = it did not.</summary>
    public string? LastLookCode { get; set; }

    /// <summary>UTC: the sheet holds the data of this moment; null with <see cref="WrittenTab"/>.</summary>
    public DateTime? WrittenAt { get; set; }

    /// <summary>
    /// UTC: when a replay wrote that data, which is old on purpose until the next run; null = a run did.
    /// </summary>
    public DateTime? ReplayedAt { get; set; }

    /// <summary>Who replayed it, as in events; null with <see cref="ReplayedAt"/>.</summary>
    public string? ReplayedBy { get; set; }

    public long? Rows { get; set; }

    /// <summary>Its tab as pages name it.</summary>
    public string Tab => WrittenTab ?? TabTitle;

    public IReadOnlyList<Guid> ConnectionIds() =>
        [.. Connections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    public ExporterConfiguration ReadConfiguration() => Read(Configuration);

    internal static ExporterConfiguration Read(string configuration) =>
        JsonSerializer.Deserialize<ExporterConfiguration>(configuration, JsonSerializerOptions.Web)!;

    internal LeftInTab? ReadLastWrite() =>
        LastWrite is null ? null : JsonSerializer.Deserialize<LeftInTab>(LastWrite, JsonSerializerOptions.Web);
}

/// <summary>What an exporter last left in its own tab.</summary>
/// <param name="TakenTab">The name that another tab had when this one was made; null = it was free.</param>
/// <param name="At">UTC, like the other time: of when the data is.</param>
/// <param name="ReplayedAt">Null = a run wrote it.</param>
internal sealed record LeftInTab(
    string SpreadsheetId, int SheetId, string Tab, string? TakenTab, DateTime At, long Rows, DateTime? ReplayedAt,
    string? ReplayedBy)
{
    /// <summary>The organization that the rows are of.</summary>
    public Guid ConnectionId { get; init; }

    public bool IsOf(LastWrite last) =>
        (SpreadsheetId, SheetId, Tab) == (last.SpreadsheetId, last.SheetId, last.TabTitle);
}

public sealed class ExporterListProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case ExporterCreated e:
                rows.Add(await Fill(
                    new ExporterRow
                    {
                        ExporterId = e.ExporterId,
                        WorkspaceId = recorded.Metadata.WorkspaceId,
                        CreatedAt = recorded.At.UtcDateTime,
                        Name = "",
                        Dataset = "",
                        Connections = "",
                        SpreadsheetId = "",
                        TabTitle = "",
                        Configuration = "",
                    },
                    e.Configuration, e.ConfigurationVersion, e.SpreadsheetId, rows, ct));
                break;
            case ExporterChanged e:
                var changed = await Find(rows, e.ExporterId, ct);
                if (changed.ConnectionIds().Except(e.Configuration.ConnectionIds).Any()) ForgetLast(changed);
                Show(await Fill(changed, e.Configuration, e.ConfigurationVersion, e.SpreadsheetId, rows, ct));
                break;
            case ExporterPaused e:
                (await Find(rows, e.ExporterId, ct)).IsPaused = true;
                break;
            case ExporterResumed e:
                (await Find(rows, e.ExporterId, ct)).IsPaused = false;
                break;
            case ExporterDeleted e:
                (await Find(rows, e.ExporterId, ct)).DeletedAt = recorded.At.UtcDateTime;
                break;
            case RunQueued e:
                var busy = await Find(rows, e.ExporterId, ct);
                // It takes the place of one that has ended, of which nothing freed the exporter.
                if (busy.ActiveRunId is { } over) await TellEnd(busy, over, rows, ct);
                (busy.ActiveRunId, busy.ActiveStatus) = (e.RunId, RunStatus.Queued);
                break;
            case RunStarted e:
                await Stand(rows, e.ExporterId, e.RunId, RunStatus.Running, ct);
                break;
            case RunWaited e when await rows.Find<RunRow>([e.RunId], ct) is { } waiting:
                await Stand(rows, waiting.ExporterId, e.RunId, RunStatus.Waiting, ct);
                break;
            case RunWentOn e when await rows.Find<RunRow>([e.RunId], ct) is { } resumed:
                await Stand(rows, resumed.ExporterId, e.RunId, RunStatus.Running, ct);
                break;
            case RunReleased e:
                var row = await Find(rows, e.ExporterId, ct);
                (row.ActiveRunId, row.ActiveStatus) = (null, null);
                if (e.Last is { } last)
                    row.LastWrite = JsonSerializer.Serialize(await Write(row, last, rows, ct), JsonSerializerOptions.Web);
                Show(row);
                await TellEnd(row, e.RunId, rows, ct);
                break;
        }
    }

    /// <summary>What its runs told was of an organization that not all may see who see it now.</summary>
    private static void ForgetLast(ExporterRow row) =>
        (row.LastRunId, row.LastOwnRunId, row.LastStatus, row.LastWarned, row.LastLookCode) = (null, null, null, false, null);

    private static async Task Stand(IRows rows, Guid exporterId, Guid runId, RunStatus status, CancellationToken ct)
    {
        var row = await Find(rows, exporterId, ct);
        if (row.ActiveRunId == runId) row.ActiveStatus = status;
    }

    /// <summary>How the exporter's run ended; of its own tab, a replay into another one tells nothing.</summary>
    private static async Task TellEnd(ExporterRow row, Guid runId, IRows rows, CancellationToken ct)
    {
        var run = await rows.Find<RunRow>([runId], ct);
        row.LastRunId = runId;
        if (run is { IsBeside: true }) return;
        row.LastOwnRunId = runId;
        // It read an organization that the exporter does not read any more: who sees the exporter need not see how it ended.
        if (run is not null && run.ConnectionIds().Except(row.ConnectionIds()).Any()) run = null;
        (row.LastStatus, row.LastWarned) = (run?.Status, run?.HasWarnings ?? false);
        row.LastLookCode = run is { NeedsALook: true } ? run.Code : null;
    }

    private static async Task<LeftInTab> Write(ExporterRow row, LastWrite last, IRows rows, CancellationToken ct)
    {
        var known = row.ReadLastWrite() is { } write && write.IsOf(last) ? write : null;
        var writer = known is null || last.ReplayedAt is not null ? await rows.Find<RunRow>([last.RunId], ct) : null;
        return new(
            last.SpreadsheetId, last.SheetId, last.TabTitle, known is null ? writer?.TakenTab : known.TakenTab,
            last.At.UtcDateTime, last.Snapshot.Rows, last.ReplayedAt?.UtcDateTime,
            last.ReplayedAt is null ? null : writer?.Actor)
        {
            ConnectionId = last.Snapshot.ConnectionId,
        };
    }

    /// <summary>What it left in another spreadsheet says nothing of this one; it is kept until it is back.</summary>
    private static void Show(ExporterRow row)
    {
        var here = row.ReadLastWrite() is { } last && last.SpreadsheetId == row.SpreadsheetId ? last : null;
        (row.SheetId, row.WrittenTab, row.TakenTab) = (here?.SheetId, here?.Tab, here?.TakenTab);
        // Of rows of an organization that it does not read any more only the tab is known.
        var told = here is not null && row.ConnectionIds().Contains(here.ConnectionId) ? here : null;
        (row.WrittenAt, row.Rows) = (told?.At, told?.Rows);
        (row.ReplayedAt, row.ReplayedBy) = (told?.ReplayedAt, told?.ReplayedBy);
    }

    private static async Task<ExporterRow> Find(IRows rows, Guid exporterId, CancellationToken ct) =>
        await rows.Find<ExporterRow>([exporterId], ct)
        ?? throw new InvalidOperationException($"No exporter {exporterId} was created.");

    private static async Task<ExporterRow> Fill(
        ExporterRow row, ExporterConfiguration configuration, int version, string spreadsheetId, IRows rows, CancellationToken ct)
    {
        (row.Name, row.Dataset, row.TabTitle) = (configuration.Name, configuration.Dataset, configuration.TabTitle);
        (row.SpreadsheetKey, row.SpreadsheetId) = (configuration.SpreadsheetKey, spreadsheetId);
        row.Connections = string.Join(' ', configuration.ConnectionIds.Order());
        row.Scope = await Scopes.Note(rows, configuration.ConnectionIds, ct);
        row.Configuration = JsonSerializer.Serialize(configuration, JsonSerializerOptions.Web);
        row.ConfigurationVersion = version;
        return row;
    }
}

/// <summary>The workspace's exporters that the requester may see, by name.</summary>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record ListExporters(bool WithDeleted = false) : IQuery<IReadOnlyList<ExporterRow>>;

public sealed class ListExportersHandler(ReadModels readModels, CurrentRequester current)
    : IRequestHandler<ListExporters, IReadOnlyList<ExporterRow>>
{
    public async Task<IReadOnlyList<ExporterRow>> Handle(ListExporters query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        return await db.Visible<ExporterRow>(current.Requester).Where(e => query.WithDeleted || e.DeletedAt == null)
            .OrderBy(e => e.Name).ThenBy(e => e.ExporterId).ToListAsync(ct);
    }
}

/// <summary>The exporters that read an organization, by name.</summary>
[Asks(Permission.View)]
public sealed record ListExportersOf(Guid ConnectionId) : IQuery<ExportersOf>, IConcernsConnection;

/// <param name="Hidden">How many more there are that also read organizations which the requester may not see.</param>
public sealed record ExportersOf(IReadOnlyList<ExporterRow> Visible, int Hidden);

public sealed class ListExportersOfHandler(ReadModels readModels, CurrentRequester current)
    : IRequestHandler<ListExportersOf, ExportersOf>
{
    public async Task<ExportersOf> Handle(ListExportersOf query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var scopes = db.With(query.ConnectionId);
        var visible = await Of(db.Visible<ExporterRow>(current.Requester))
            .OrderBy(e => e.Name).ThenBy(e => e.ExporterId).ToListAsync(ct);
        return new(visible, await Of(db.Set<ExporterRow>()).CountAsync(ct) - visible.Count);

        IQueryable<ExporterRow> Of(IQueryable<ExporterRow> rows) =>
            rows.Where(e => e.DeletedAt == null && scopes.Contains(e.Scope));
    }
}

/// <exception cref="NotFoundException">Not there, or not for the requester.</exception>
[Asks(Permission.View)]
public sealed record GetExporter(Guid ExporterId) : IQuery<ExporterRow>, IConcernsExporter;

public sealed class GetExporterHandler(ReadModels readModels) : IRequestHandler<GetExporter, ExporterRow>
{
    public async Task<ExporterRow> Handle(GetExporter query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        return await db.Set<ExporterRow>().AsNoTracking().FirstOrDefaultAsync(e => e.ExporterId == query.ExporterId, ct)
            ?? throw new NotFoundException();
    }
}
