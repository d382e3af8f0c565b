using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>How a run stands, as its badge says.</summary>
public enum RunStatus { Queued, Running, Waiting, Completed, Warnings, NoChanges, Failed, Canceled }

/// <summary>One run, as lists and its page show it.</summary>
[Index(nameof(WorkspaceId), nameof(QueuedAt))]
// For the list by one filter, in its whole order: SQLite would rather sort less than read less, and take the one above.
[Index(nameof(WorkspaceId), nameof(ExporterId), nameof(QueuedAt), nameof(RunId))]
[Index(nameof(WorkspaceId), nameof(Scope), nameof(QueuedAt), nameof(RunId))]
[Index(nameof(WorkspaceId), nameof(SpreadsheetKey), nameof(QueuedAt), nameof(RunId))]
[Index(nameof(WorkspaceId), nameof(Status), nameof(QueuedAt), nameof(RunId))]
[Index(nameof(WorkspaceId), nameof(Scope), nameof(Status), nameof(QueuedAt), nameof(RunId))]
public sealed class RunRow : IScopedRow
{
    [Key]
    public Guid RunId { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid ExporterId { get; set; }

    /// <summary>As the exporter was called when the run was started.</summary>
    public required string ExporterName { get; set; }

    /// <summary>The organizations that it reads, separated by spaces.</summary>
    public required string Connections { get; set; }

    public Guid Scope { get; set; }

    public RunTrigger Trigger { get; set; }

    /// <summary>Who started it, as in events.</summary>
    public required string Actor { get; set; }

    /// <summary>The schedule that started it, in words; null = none did, or an older version did not tell.</summary>
    public string? Schedule { get; set; }

    public RunStatus Status { get; set; }

    /// <summary>What it is doing, for the live page; null = it has ended or not begun.</summary>
    public string? Step { get; set; }

    /// <summary>UTC, like all times here.</summary>
    public DateTime QueuedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>For <see cref="RunStatus.Waiting"/>: goes on then; null = nobody knows.</summary>
    public DateTime? WaitsUntil { get; set; }

    public bool CancelRequested { get; set; }

    public Guid? ReplayOf { get; set; }

    /// <summary>For a replay, UTC: its rows are the data of this moment.</summary>
    public DateTime? DataAt { get; set; }

    /// <summary>Our id of the spreadsheet.</summary>
    public Guid SpreadsheetKey { get; set; }

    public required string SpreadsheetId { get; set; }

    public required string TabTitle { get; set; }

    /// <summary>A replay into another tab than the exporter's own.</summary>
    public bool IsBeside { get; set; }

    /// <summary>The name for a tab that it has to make.</summary>
    public string? WantedTab { get; set; }

    /// <summary>
    /// The name that another tab had when this run made its own, which is why that has another; null = it was free, the
    /// run made none, or a person has renamed it.
    /// </summary>
    public string? TakenTab { get; set; }

    public int? SheetId { get; set; }

    public string? ContentHash { get; set; }

    public long? Rows { get; set; }

    /// <summary>Those of <see cref="Rows"/> that were sent to the sheet, where the others stood in it already; null = all were.</summary>
    public long? RowsSent { get; set; }

    /// <summary>Rows that the exporter's filters leave out; null = nobody counted.</summary>
    public long? LeftOut { get; set; }

    public long? Added { get; set; }

    public long? Changed { get; set; }

    public long? Removed { get; set; }

    public int XeroCalls { get; set; }

    public int GoogleCalls { get; set; }

    public long? Milliseconds { get; set; }

    /// <summary>Why it failed, waits, or was stopped; of one that a person canceled, what it waited for. Null = neither.</summary>
    public string? Code { get; set; }

    public string? Message { get; set; }

    /// <summary>For a failed run: the sheet is as it was before.</summary>
    public bool SheetUntouched { get; set; } = true;

    /// <summary>UTC: what the sheet held before this run, and holds still if the run failed; null = nothing.</summary>
    public DateTime? SheetHeldSince { get; set; }

    /// <summary><see cref="RunWarning"/>s as JSON; null = none.</summary>
    public string? Warnings { get; set; }

    /// <summary>The <see cref="Mirror.Snapshot"/> as JSON; null = no rows were made.</summary>
    public string? Snapshot { get; set; }

    public bool HasEnded => Status is not (RunStatus.Queued or RunStatus.Running or RunStatus.Waiting);

    /// <summary>Something should be looked at, whether it wrote or found no changes.</summary>
    public bool HasWarnings => Warnings is not null;

    /// <summary>It stopped so that a person looks first.</summary>
    public bool NeedsALook => Status == RunStatus.Failed && SheetUntouched && RunCodes.AsksForALook(Code);

    /// <summary>It brings its data up to date, so that it may call Xero.</summary>
    public bool IsReading => this is { Status: RunStatus.Running, Step: RunListProjection.Reading };

    /// <summary>Or has begun to, and waits: asked to stop now, it ends its write if that goes through.</summary>
    public bool IsWriting => !HasEnded && Step == RunListProjection.Writing;

    /// <summary>What was noted, as far as it is of the step that it is in; null = nothing of that.</summary>
    internal RunProgress? Fitting(RunProgress? noted) => noted switch
    {
        { Reading: not null } when IsReading => noted,
        { IsChecking: true } when IsWriting => noted,
        { Sending: not null } when Step is RunListProjection.Comparing or RunListProjection.Writing => noted,
        _ => null,
    };

    public IReadOnlyList<Guid> ConnectionIds() =>
        [.. Connections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    public IReadOnlyList<RunWarning> ReadWarnings() =>
        Warnings is null ? [] : JsonSerializer.Deserialize<List<RunWarning>>(Warnings, JsonSerializerOptions.Web)!;

    public Snapshot? ReadSnapshot() =>
        Snapshot is null ? null : JsonSerializer.Deserialize<Snapshot>(Snapshot, JsonSerializerOptions.Web);
}

public sealed class RunListProjection : IProjection
{
    /// <summary>The step of a run that brings its data up to date.</summary>
    public const string Reading = "Reading from Xero";
    public const string Opening = "Opening the kept rows";
    public const string Making = "Making the rows";
    public const string Comparing = "Comparing with the sheet";
    public const string Writing = "Writing to the sheet";

    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        if (recorded.Event is RunQueued queued) rows.Add(await Open(queued, recorded, rows, ct));
        else if (RunIdOf(recorded.Event) is { } runId)
        {
            var row = await rows.Find<RunRow>([runId], ct)
                ?? throw new InvalidOperationException($"No run {runId} was queued.");
            Move(row, recorded.Event, recorded.At.UtcDateTime);
            if (row.HasEnded) await NoteTrash(row, recorded.At.UtcDateTime, rows, ct);
        }
    }

    /// <summary>A run that reached the file is as good as a test of its access.</summary>
    private static async Task NoteTrash(RunRow row, DateTime at, IRows rows, CancellationToken ct)
    {
        if (row.Status is not (RunStatus.Completed or RunStatus.Warnings or RunStatus.NoChanges)
            || await rows.Find<SpreadsheetRow>([row.SpreadsheetKey], ct) is not { } spreadsheet) return;
        var (trash, found) = (SpreadsheetCodes.InTrash.Code, IsInTrash(row.ReadWarnings()));
        if (found != (spreadsheet.TestCode == trash))
            (spreadsheet.TestCode, spreadsheet.TestedAt) = (found ? trash : null, at);
    }

    private static Guid? RunIdOf(IEvent @event) => @event switch
    {
        RunStarted e => e.RunId,
        SourcesSynced e => e.RunId,
        SnapshotMade e => e.RunId,
        WriteStarted e => e.RunId,
        NoChangesFound e => e.RunId,
        ExportCompleted e => e.RunId,
        RunWaited e => e.RunId,
        RunWentOn e => e.RunId,
        RunFailed e => e.RunId,
        RunCancelRequested e => e.RunId,
        RunCanceled e => e.RunId,
        _ => null,
    };

    private static async Task<RunRow> Open(RunQueued e, RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        // Neither another tab nor a spreadsheet that the exporter has moved to holds what it wrote last.
        var last = e.ReplayTab is null && e.Last?.SpreadsheetId == e.SpreadsheetId ? e.Last : null;
        var wanted = e.ReplayTab ?? e.Configuration.TabTitle;
        return new()
        {
            RunId = e.RunId,
            WorkspaceId = recorded.Metadata.WorkspaceId,
            ExporterId = e.ExporterId,
            ExporterName = e.Configuration.Name,
            Connections = string.Join(' ', e.Configuration.ConnectionIds.Order()),
            Scope = await Scopes.Note(rows, e.Configuration.ConnectionIds, ct),
            Trigger = e.Trigger,
            Actor = recorded.Metadata.Actor,
            Schedule = e.Schedule?.Words,
            Status = RunStatus.Queued,
            QueuedAt = recorded.At.UtcDateTime,
            ReplayOf = e.ReplayOf,
            DataAt = e.DataAt?.UtcDateTime,
            SpreadsheetKey = e.Configuration.SpreadsheetKey,
            SpreadsheetId = e.SpreadsheetId,
            TabTitle = last?.TabTitle ?? wanted,
            IsBeside = e.ReplayTab is not null,
            WantedTab = wanted,
            SheetId = last?.SheetId,
            SheetHeldSince = last is not null && e.Configuration.ConnectionIds.Contains(last.Snapshot.ConnectionId) ? last.At.UtcDateTime : null,
        };
    }

    private static void Move(RunRow row, IEvent @event, DateTime at)
    {
        // Who asks a waiting run to stop, or finds it stopped, still reads what it waited for.
        if (@event is not (RunCancelRequested or RunCanceled)) (row.Code, row.Message, row.WaitsUntil) = (null, null, null);
        switch (@event)
        {
            case RunStarted e:
                (row.Status, row.Step) = (RunStatus.Running, e.ReplayOf is null ? Reading : Opening);
                break;
            case SourcesSynced e:
                (row.Status, row.Step, row.XeroCalls) = (RunStatus.Running, Making, e.Calls);
                break;
            case SnapshotMade e:
                (row.Status, row.Step, row.LeftOut) = (RunStatus.Running, Comparing, e.LeftOut);
                Tell(row, e.Snapshot, e.Difference);
                break;
            case WriteStarted e:
                (row.Status, row.Step) = (RunStatus.Running, Writing);
                // Taken up again after its write, it finds the tab that it has made, perhaps renamed by a person.
                if (e.CreatesTab) row.TakenTab = e.TabTitle == row.WantedTab ? null : row.WantedTab;
                else if (e.TabTitle != row.TabTitle) row.TakenTab = null;
                // A tab that it makes is there once the write has landed, not before.
                (row.SheetId, row.TabTitle) = (e.CreatesTab ? row.SheetId : e.SheetId, e.TabTitle);
                break;
            case NoChangesFound e:
                End(row, IsInTrash(e.Warnings) ? RunStatus.Warnings : RunStatus.NoChanges, at, e.Milliseconds);
                (row.XeroCalls, row.GoogleCalls) = (e.XeroCalls, e.GoogleCalls);
                row.Warnings = Write(e.Warnings);
                break;
            case ExportCompleted e:
                End(row, e.Warnings.Count > 0 ? RunStatus.Warnings : RunStatus.Completed, at, e.Milliseconds);
                Tell(row, e.Snapshot, e.Difference);
                (row.SheetId, row.TabTitle, row.SheetUntouched, row.RowsSent) = (e.SheetId, e.TabTitle, false, e.RowsSent);
                (row.XeroCalls, row.GoogleCalls) = (e.XeroCalls, e.GoogleCalls);
                row.Warnings = Write(e.Warnings);
                break;
            case RunWaited e:
                (row.Status, row.Code, row.Message) = (RunStatus.Waiting, e.Code, e.Message);
                row.WaitsUntil = e.Until?.UtcDateTime;
                break;
            case RunWentOn:
                row.Status = RunStatus.Running;
                break;
            case RunFailed e:
                End(row, RunStatus.Failed, at, e.Milliseconds);
                (row.Code, row.Message, row.SheetUntouched) = (e.Code, e.Message, e.SheetUntouched);
                (row.XeroCalls, row.GoogleCalls) = (e.XeroCalls ?? row.XeroCalls, e.GoogleCalls ?? row.GoogleCalls);
                break;
            case RunCancelRequested:
                row.CancelRequested = true;
                break;
            case RunCanceled e:
                End(row, RunStatus.Canceled, at, e.Milliseconds);
                row.WaitsUntil = null;
                if (e.Code is not null) (row.Code, row.Message) = (e.Code, e.Message);
                break;
        }
    }

    private static bool IsInTrash(IReadOnlyList<RunWarning>? warnings) =>
        warnings?.Any(warning => warning.Code == SpreadsheetCodes.InTrash.Code) == true;

    private static string? Write(IReadOnlyList<RunWarning>? warnings) =>
        warnings is { Count: > 0 } ? JsonSerializer.Serialize(warnings, JsonSerializerOptions.Web) : null;

    private static void End(RunRow row, RunStatus status, DateTime at, long milliseconds) =>
        (row.Status, row.Step, row.EndedAt, row.Milliseconds) = (status, null, at, milliseconds);

    private static void Tell(RunRow row, Snapshot snapshot, Difference? difference)
    {
        row.Snapshot = JsonSerializer.Serialize(snapshot, JsonSerializerOptions.Web);
        (row.ContentHash, row.Rows) = (snapshot.Hash, snapshot.Rows);
        (row.Added, row.Changed, row.Removed) = (difference?.Added, difference?.Changed, difference?.Removed);
    }
}
