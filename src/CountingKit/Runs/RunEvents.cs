using System.Text.Json.Serialization;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;

namespace CountingKit.Runs;

/// <summary>Who or what started a run.</summary>
public enum RunTrigger { Person, Schedule, Api, Replay }

// Stream exporterqueue-{exporterId}: at most one active run per exporter. Each event carries the whole state.

/// <summary>A run was started. A reactor opens its stream from this.</summary>
/// <param name="Configuration">As it is at this moment; a later change does not touch this run.</param>
/// <param name="ReplayOf">For a replay, the run whose snapshot is written again; else null.</param>
/// <param name="WriteAnyway">Of older versions: whatever stops it, it is written. Now <paramref name="LookedAt"/> says what for.</param>
/// <param name="DataAt">For a replay, UTC: its rows are the data of this moment.</param>
/// <param name="LookedAt">What a person saw and wants written anyway; null = nothing.</param>
/// <param name="OwnRunId">
/// For a replay into another tab, the exporter's last run that was meant for its own; null = this run is, or there is none,
/// or an older version did not tell.
/// </param>
/// <param name="Schedule">What started it; null = no schedule did.</param>
public sealed record RunQueued(
    Guid ExporterId,
    Guid RunId,
    int ConfigurationVersion,
    ExporterConfiguration Configuration,
    string SpreadsheetId,
    Guid AccountId,
    RunTrigger Trigger,
    Guid? ReplayOf = null,
    string? ReplayTab = null,
    bool WriteAnyway = false,
    LastWrite? Last = null,
    DateTimeOffset? DataAt = null,
    LookedAt? LookedAt = null,
    Guid? OwnRunId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ScheduledFor? Schedule = null) : IOwnershipEvent
{
    public (OwnedKind Kind, Guid Id, IReadOnlyList<Guid> Connections) Owned() =>
        (OwnedKind.Run, RunId, Configuration.ConnectionIds);
}

/// <summary>The time of a schedule that a run was started for.</summary>
/// <param name="Words">The schedule as it was then: "Weekdays at 06:00, London".</param>
/// <param name="At">UTC.</param>
public sealed record ScheduledFor(Guid ScheduleId, string Words, DateTimeOffset At);

/// <summary>
/// A run that stopped so that a person looks first, as the person saw it who then chose Write anyway. It holds for that
/// reason and those rows alone.
/// </summary>
/// <param name="Code">Why that run stopped.</param>
/// <param name="ContentHash">Of the rows that it would have written.</param>
public sealed record LookedAt(Guid RunId, string Code, string ContentHash);

/// <summary>What the exporter last left in its tab: what the next run is compared with.</summary>
/// <param name="ConfigurationVersion">Of the same run or moment as <paramref name="Selection"/>.</param>
/// <param name="Layout">Names the headings, so that renaming one is written although no row changed.</param>
/// <param name="FileVersion">Drive's change counter as it was after our last look; null = it may not be asked.</param>
/// <param name="At">UTC: the sheet holds the data of this moment.</param>
/// <param name="ReplayedAt">UTC: when a replay wrote it, so that it is old on purpose; null = a run did.</param>
/// <param name="Warnings">What was told of these rows, and holds as long as they stand there; null = nothing.</param>
/// <param name="Selection">
/// <see cref="ExporterConfiguration.Selection"/> of the last run that wrote this tab, or found its rows there, and was no
/// replay; where only replays have, of the exporter as it was after the first of them; null = an older version did.
/// </param>
/// <param name="Periods">Of a report: those that these rows are of; null = it is a list, or a replay wrote it.</param>
public sealed record LastWrite(
    Guid RunId, int ConfigurationVersion, Snapshot Snapshot, string Layout, string SpreadsheetId, int SheetId, string TabTitle,
    long? FileVersion, DateTimeOffset At, DateTimeOffset? ReplayedAt = null, IReadOnlyList<RunWarning>? Warnings = null,
    string? Selection = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Periods = null);

/// <summary>A second wish to run met the active run and joined it.</summary>
/// <param name="IsReplay">Of the run that was joined; null = an older version, which joined replays too, did not tell.</param>
public sealed record RunJoined(
    Guid ExporterId, Guid RunId, Guid CommandId, LastWrite? Last = null, bool? IsReplay = null) : IEvent, IConcernsRun;

/// <summary>The exporter is free for its next run.</summary>
/// <param name="OwnRunId">
/// The exporter's last run that was meant for its own tab, perhaps this one; null = there is none, or an older version did
/// not tell.
/// </param>
public sealed record RunReleased(
    Guid ExporterId, Guid RunId, LastWrite? Last = null, Guid? OwnRunId = null) : IEvent, IConcernsRun;

// Stream run-{runId}

public sealed record RunStarted(
    Guid RunId,
    Guid ExporterId,
    int ConfigurationVersion,
    ExporterConfiguration Configuration,
    string SpreadsheetId,
    Guid AccountId,
    RunTrigger Trigger,
    DateTimeOffset QueuedAt,
    Guid? ReplayOf = null,
    string? ReplayTab = null,
    bool WriteAnyway = false,
    LastWrite? Last = null,
    DateTimeOffset? DataAt = null,
    LookedAt? LookedAt = null) : IEvent, IConcernsRun
{
    public static RunStarted Of(RunQueued e, DateTimeOffset queuedAt) => new(
        e.RunId, e.ExporterId, e.ConfigurationVersion, e.Configuration, e.SpreadsheetId, e.AccountId, e.Trigger, queuedAt,
        e.ReplayOf, e.ReplayTab, e.WriteAnyway, e.Last, e.DataAt, e.LookedAt);

    /// <summary>
    /// Whether a person saw that these rows were stopped for this reason, and wants them written anyway. Values beside the
    /// rows are looked at last: who saw them has agreed to what came before.
    /// </summary>
    public bool MayBeWrittenAnyway(string code, Snapshot snapshot) =>
        WriteAnyway || (LookedAt is { } looked && looked.ContentHash == snapshot.Hash
            && (looked.Code == code || looked.Code == RunCodes.ValuesMove));

    /// <summary>A person saw that the tab's columns were moved, and wants it left as it is: whatever the rows are by now.</summary>
    public bool GoesToANewTab() => LookedAt?.Code == RunCodes.ColumnsMove;

    /// <summary>
    /// Since the exporter wrote last, nobody has changed which rows it has. Of what an older version wrote only the number of
    /// the configuration is known, which each change raises.
    /// </summary>
    public bool SelectsAsBefore() => Last is { } last && (last.Selection is { } selection
        ? selection == Configuration.Selection()
        : last.ConfigurationVersion == ConfigurationVersion);

    /// <summary>Whether those rows, as they were written, would look as this run's would; only the rows may differ.</summary>
    /// <param name="layout">Names what besides the rows decides the cells.</param>
    public bool LaidOut(string layout, LastWrite last) => last.Layout == layout && last.SpreadsheetId == SpreadsheetId;

    /// <summary>Whether that tab of the spreadsheet is the one that the exporter wrote last.</summary>
    public bool Replaces(int sheetId) =>
        Last is { } last && last.SpreadsheetId == SpreadsheetId && last.SheetId == sheetId;
}

/// <summary>Every source is up to date: the rows will be made from exactly these segments.</summary>
/// <param name="Calls">Calls to Xero that this run has cost so far.</param>
/// <param name="ReadAt">UTC: the data is as it was then, or newer; null = told by an older version.</param>
public sealed record SourcesSynced(
    Guid RunId, IReadOnlyList<SyncedSource> Sources, int Calls, DateTimeOffset? ReadAt = null) : IEvent, IConcernsRun
{
    /// <summary>Of a report: the keys of those that the rows will be made from; null = it is a list.</summary>
    public IReadOnlyList<string>? Periods() =>
        Sources.Any(source => source.Periods is not null) ? [.. Sources.SelectMany(source => source.Periods ?? [])] : null;
}

/// <param name="OrganizationName">As it was at this moment.</param>
/// <param name="SourceTime">Xero's own clock when it was read, UTC; null = nothing was read, it was fresh; or nothing was new.</param>
/// <param name="BaseCurrency">Of the organization, ISO 4217; null = Xero was not asked for it yet, or an older version told.</param>
/// <param name="Periods">Of a report: the keys of those that the rows are made from; null = it is a list.</param>
public sealed record SyncedSource(
    Guid ConnectionId, string Resource, string OrganizationName, IReadOnlyList<Segment> Segments, DateTimeOffset? SourceTime,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BaseCurrency = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Periods = null);

/// <summary>The rows are made and kept under their content hash.</summary>
/// <param name="ProjectionVersion">The code version that made them.</param>
/// <param name="Difference">To the snapshot that the exporter wrote before; null = it is the first.</param>
/// <param name="Unreadable">What the rows lack because it could not be read; null = nothing.</param>
/// <param name="LeftOut">Rows that the exporter's filters leave out; null = nobody counted, as in a replay.</param>
/// <param name="Unrated">Records whose amounts in base currency the rows lack; null = none, or an older version did not tell.</param>
/// <param name="GoneTracking">Headings of columns whose tracking category Xero has no more; null = there are none.</param>
public sealed record SnapshotMade(
    Guid RunId, Snapshot Snapshot, int ProjectionVersion, Difference? Difference = null,
    UnreadableValues? Unreadable = null, long? LeftOut = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UnratedRecords? Unrated = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? GoneTracking = null) : IEvent, IConcernsRun;

/// <summary>What stands in the sheet is what this run would write: nothing was written.</summary>
/// <param name="SameAs">The run that wrote it.</param>
/// <param name="FileVersion">Drive's change counter now; null = it may not be asked.</param>
/// <param name="Warnings">What should be looked at all the same; null = nothing.</param>
public sealed record NoChangesFound(
    Guid RunId, Guid ExporterId, Guid SameAs, int XeroCalls, int GoogleCalls, long Milliseconds, long? FileVersion,
    IReadOnlyList<RunWarning>? Warnings = null) : IEvent, IConcernsRun;

/// <summary>The write is planned and about to be sent.</summary>
/// <param name="SheetId">The tab's id in the spreadsheet; chosen by us when the tab must be made.</param>
/// <param name="Warnings">
/// Of the plan: once the write has landed, nothing else tells them any more. Null = told by an older version.
/// </param>
/// <param name="RowsSent">Rows that are sent, where the others stay in the tab; null = all are.</param>
public sealed record WriteStarted(
    Guid RunId, int SheetId, string TabTitle, bool CreatesTab, long Cells, long Bytes,
    IReadOnlyList<RunWarning>? Warnings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? RowsSent = null) : IEvent, IConcernsRun;

/// <summary>The write is in the sheet and was read back.</summary>
/// <param name="Difference">To the snapshot that the exporter wrote before; null = it is the first.</param>
/// <param name="FileVersion">Drive's change counter after the write, before it was read back; null = it may not be asked.</param>
/// <param name="Warnings">Codes of what should be looked at; empty = none.</param>
/// <param name="RowsSent">Rows that were sent, where the others stayed in the tab; null = all were.</param>
public sealed record ExportCompleted(
    Guid RunId,
    Guid ExporterId,
    Snapshot Snapshot,
    int SheetId,
    string TabTitle,
    Difference? Difference,
    int XeroCalls,
    int GoogleCalls,
    long Bytes,
    long Milliseconds,
    long? FileVersion,
    string Layout,
    IReadOnlyList<RunWarning> Warnings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? RowsSent = null) : IEvent, IConcernsRun;

/// <param name="IsOfRows">True = it holds as long as these rows stand in the sheet; false = it is told once.</param>
public sealed record RunWarning(string Code, string Message, bool IsOfRows = false);

/// <summary>The run goes on later, such as after Xero's daily limit.</summary>
/// <param name="Until">UTC; null = nobody knows: until what is away is back.</param>
public sealed record RunWaited(Guid RunId, string Code, string Message, DateTimeOffset? Until) : IEvent, IConcernsRun;

/// <summary>What it waited for without a known end is there again.</summary>
public sealed record RunWentOn(Guid RunId) : IEvent, IConcernsRun;

/// <summary>The run ended without changing the sheet's content for the worse.</summary>
/// <param name="SheetUntouched">True = the sheet is as it was before the run.</param>
/// <param name="Problem">What is wrong with the reading of <paramref name="ConnectionId"/>; null = it was something else.</param>
/// <param name="XeroCalls">Calls that it cost; null = told by an older version.</param>
/// <param name="GoogleCalls">Likewise.</param>
public sealed record RunFailed(
    Guid RunId, Guid ExporterId, string Code, string Message, bool SheetUntouched, long Milliseconds,
    SourceProblem? Problem = null, Guid? ConnectionId = null, int? XeroCalls = null, int? GoogleCalls = null) : IEvent, IConcernsRun;

/// <summary>The run is asked to stop; it stops before its next step.</summary>
/// <param name="Code">What became of that which it was queued for; null = a person asked.</param>
public sealed record RunCancelRequested(Guid RunId, string? Code = null) : IEvent, IConcernsRun;

/// <summary>It wrote nothing, and nothing went wrong.</summary>
/// <param name="Code">What became of that which it was queued for; null = a person asked.</param>
/// <param name="Message">For <paramref name="Code"/>; null = there is none.</param>
public sealed record RunCanceled(
    Guid RunId, Guid ExporterId, long Milliseconds, string? Code = null, string? Message = null) : IEvent, IConcernsRun;

public static class RunEvents
{
    public static EventCatalog AddRunEvents(this EventCatalog catalog) => catalog
        .Map<RunQueued>("run-queued.v1", e => new(
            e.ReplayOf is null ? "Started a run" : "Started a replay", "run", e.RunId, e.Configuration.Name, Detail: Pressed(e)))
        .Map<RunJoined>("run-joined.v1", e => new("Joined the run in progress", "run", e.RunId))
        .Map<RunReleased>("run-released.v1", e => new("Freed the exporter for its next run", "run", e.RunId))
        .Map<RunStarted>("run-started.v1", e => new("Began the run", "run", e.RunId, e.Configuration.Name))
        .Map<SourcesSynced>("sources-synced.v1", e => new("Read the data", "run", e.RunId))
        .Map<SnapshotMade>("snapshot-made.v1", e => new("Saved the rows", "run", e.RunId))
        .Map<NoChangesFound>("no-changes-found.v1", e => new(
            "Ended the run: no changes", "run", e.RunId, Detail: e.Warnings is { Count: > 0 } ? "with warnings" : null))
        .Map<WriteStarted>("write-started.v1", e => new("Started writing to the sheet", "run", e.RunId))
        .Map<ExportCompleted>("export-completed.v1", e => new(
            "Ended the run: written and read back", "run", e.RunId, Detail: e.Warnings.Count > 0 ? "with warnings" : null))
        .Map<RunWaited>("run-waited.v1", e => new("Had to wait", "run", e.RunId))
        .Map<RunWentOn>("run-went-on.v1", e => new("Went on after waiting", "run", e.RunId))
        .Map<RunFailed>("run-failed.v1", e => new(
            "Ended the run: failed", "run", e.RunId,
            Detail: e.SheetUntouched && RunCodes.AsksForALook(e.Code) ? "needs a look" : null))
        .Map<RunCancelRequested>("run-cancel-requested.v1", e => new("Asked to cancel the run", "run", e.RunId))
        .Map<RunCanceled>("run-canceled.v1", e => new("Ended the run: canceled", "run", e.RunId));

    /// <summary>The schedule; or a person may have looked at what stopped the run before, and pressed one of its two buttons.</summary>
    private static string? Pressed(RunQueued e)
    {
        if (e.Schedule is { } schedule) return schedule.Words;
        if (e.LookedAt is not { } looked) return e.WriteAnyway ? "Write anyway" : null;
        var button = looked.Code == RunCodes.ColumnsMove ? "Write to a new tab" : "Write anyway";
        return $"{button}, {looked.Code}";
    }
}
