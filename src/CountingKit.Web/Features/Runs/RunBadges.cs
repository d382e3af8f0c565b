using System.Globalization;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Features.Runs;

/// <summary>How runs are shown: badges, differences, cells.</summary>
public static class RunBadges
{
    private static readonly HashSet<string?> XeroSignIns =
    [
        XeroCodes.NoSignIn.Code, XeroCodes.SignInExpired.Code, XeroCodes.MayWrite.Code, XeroCodes.NoAccess.Code,
        XeroCodes.PermissionMissing.Code,
    ];

    private static readonly HashSet<string?> GoogleSignIns =
    [
        GoogleCodes.SignInExpired.Code, GoogleCodes.ScopeMissing.Code, GoogleCodes.NotConnected.Code,
        GoogleCodes.AccountGone.Code, GoogleCodes.AskedAgain.Code, GoogleCodes.KeyRefused.Code,
        GoogleSignInCodes.Testing.Code,
    ];

    /// <summary>Why runs stop so that a person looks first, by code, as a sentence each.</summary>
    private static readonly Dictionary<string, string> Looks = RunCodes.All.Concat(SheetCodes.All)
        .Where(code => RunCodes.AsksForALook(code.Code)).ToDictionary(code => code.Code, code => $"{code.Title}.");

    /// <summary>Of a run that failed so that a person looks first.</summary>
    public static Badge NeedsALook { get; } = new(
        Tone.Stopped, "eye", "Needs a look", "It stopped before writing anything so that someone can look and decide.");

    public static Badge BadgeOf(RunRow run) => run is { Status: RunStatus.Failed, SheetUntouched: false }
        ? BadgeOf(run.Status) with { Meaning = "The tab was written, but could not be confirmed. Open the sheet and look." }
        : BadgeOf(run.Status, run.HasWarnings, run.NeedsALook);

    /// <summary>Of the exporter's last run; null = none has ended.</summary>
    public static Badge? BadgeOfLast(ExporterRow exporter) => exporter.LastStatus is { } status
        ? BadgeOf(status, exporter.LastWarned, exporter.LastLookCode is not null)
        : null;

    /// <param name="hasWarnings">A run that finds no changes may have what should be looked at, too.</param>
    /// <param name="needsALook">It failed so that a person looks first.</param>
    private static Badge BadgeOf(RunStatus status, bool hasWarnings, bool needsALook) => status switch
    {
        RunStatus.Failed when needsALook => NeedsALook,
        RunStatus.NoChanges when hasWarnings => new(
            Tone.Attention, "alert", "No changes", "The sheet already had exactly these rows, but something should be checked."),
        _ => BadgeOf(status),
    };

    public static Badge BadgeOf(RunStatus status) => status switch
    {
        RunStatus.Queued => new(Tone.Neutral, "clock", "Queued", "It starts as soon as a worker is free."),
        RunStatus.Running => new(Tone.Busy, "loader", "Running", "It is in progress."),
        RunStatus.Waiting => new(Tone.Attention, "hourglass", "Waiting", "It resumes by itself later."),
        RunStatus.Completed => new(Tone.Good, "circle-check", "Completed", "The rows were written and verified."),
        RunStatus.Warnings => new(Tone.Attention, "alert", "Warnings", "The rows were written, but something should be checked."),
        RunStatus.NoChanges => new(Tone.Neutral, "equal", "No changes", "The sheet already had exactly these rows; nothing was written."),
        RunStatus.Failed => new(Tone.Stopped, "circle-x", "Failed", "It did not finish. The page of the run says why, and what is in the sheet."),
        RunStatus.Canceled => new(Tone.Neutral, "ban", "Canceled", "It was stopped before it wrote anything."),
    };

    /// <param name="code">Why a run failed; null = it did not, or it is not told.</param>
    /// <returns>A sentence; null = it did not fail so that a person looks first.</returns>
    public static string? WhyLook(string? code) => code is null ? null : Looks.GetValueOrDefault(code);

    /// <summary>What happened, of a message that also says what to do.</summary>
    public static string FirstSentence(string? message) =>
        message?.IndexOf(". ", StringComparison.Ordinal) is { } end and >= 0 ? message[..(end + 1)] : message ?? "";

    /// <summary>Why a tab that a run made has another name than the exporter gives it.</summary>
    /// <param name="taken">The name that it was to have.</param>
    public static string WhyNamed(string tab, string taken) =>
        $"Another tab was already named “{taken}”, so this one is “{tab}”.";

    /// <summary>Said while a limit of Xero's on calls a minute lets no call begin, in steps of 5 s.</summary>
    /// <param name="isOfApp">The limit is the one of all organizations together.</param>
    public static string ShortWait(TimeSpan wait, bool isOfApp = false)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds / 5) * 5;
        var calls = isOfApp ? "from this portal, for any organization," : "for this organization";
        return $"Xero isn't accepting any more calls {calls} for about {seconds} seconds; the run resumes by itself.";
    }

    /// <summary>"1 row", "1,234 rows".</summary>
    public static string Rows(long rows) =>
        rows == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows");

    /// <summary>"12 added, 3 changed, 1 removed"; null = there was nothing to compare with.</summary>
    public static string? DifferenceOf(RunRow run) => run switch
    {
        _ when IsWrittenAgain(run) => "same records, written again",
        { Added: { } added, Changed: { } changed, Removed: { } removed } => DifferenceOf(added, changed, removed),
        _ => null,
    };

    /// <summary>Why rows were written although every record is as it was; null = they were not.</summary>
    public static string? WhyWrittenAgain(RunRow run) => IsWrittenAgain(run) && run.ReplayOf is null
        ? "The columns, the order or the place had changed, or someone had edited the sheet."
        : null;

    /// <summary>How little had to be sent; null = everything was.</summary>
    public static string? Sent(RunRow run) => run.RowsSent switch
    {
        null => null,
        0 => "The rows that stay were in the sheet already: none had to be sent.",
        1 => "Only 1 row had to be sent; the others were in the sheet already.",
        { } rows => string.Create(
            CultureInfo.InvariantCulture, $"Only {rows:N0} rows had to be sent; the others were in the sheet already."),
    };

    private static bool IsWrittenAgain(RunRow run) => run is
    {
        Status: RunStatus.Completed or RunStatus.Warnings, SheetUntouched: false, Added: 0, Changed: 0, Removed: 0
    };

    public static string DifferenceOf(long added, long changed, long removed) => added + changed + removed == 0
        ? "no differences"
        : string.Create(CultureInfo.InvariantCulture, $"{added:N0} added, {changed:N0} changed, {removed:N0} removed");

    /// <summary>Its rows stand in the sheet, or may; false = they would have been written.</summary>
    public static bool Wrote(RunRow run) =>
        run.Status is not (RunStatus.Failed or RunStatus.Canceled) || !run.SheetUntouched;

    /// <summary>For lists, which tell nothing of what would have been written.</summary>
    public static string RowsInLists(RunRow run) =>
        Wrote(run) && run.Rows is { } rows ? rows.ToString("N0", CultureInfo.InvariantCulture) : "–";

    /// <inheritdoc cref="RowsInLists"/>
    /// <returns>Null = nothing was written, or there was nothing to compare with.</returns>
    public static string? DifferenceInLists(RunRow run) => Wrote(run) ? DifferenceOf(run) : null;

    /// <summary>The spreadsheet in the browser, at the tab where it is known.</summary>
    public static string SheetUrl(string spreadsheetUrl, int? sheetId) => sheetId is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{spreadsheetUrl}?gid={id}#gid={id}")
        : spreadsheetUrl;

    /// <summary>A cell as a new tab shows it; dates and instants in ISO order, UTC.</summary>
    public static string Show(CellValue value, ColumnType type) => value.Kind switch
    {
        CellKind.Null => "",
        CellKind.Text => value.AsText,
        CellKind.Number => value.AsNumber.ToString(NumberFormats.Of(type), CultureInfo.InvariantCulture),
        CellKind.Date => value.AsDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CellKind.Instant => value.AsInstant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        CellKind.YesNo => value.AsYesNo ? "TRUE" : "FALSE",
    };

    /// <summary>The same, and nothing of it left out, such as the decimals that its format rounds.</summary>
    public static string ShowWhole(CellValue value, ColumnType type) => value.Kind switch
    {
        CellKind.Number => value.AsNumber.ToString(CultureInfo.InvariantCulture),
        CellKind.Instant => value.AsInstant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", CultureInfo.InvariantCulture),
        _ => Show(value, type),
    };

    /// <summary>The class of a column's cells: numbers are aligned right.</summary>
    public static string CellClass(ColumnType type) => NumberFormats.Of(type) is null ? "text-nowrap" : "numeric";

    /// <summary>
    /// What "Write anyway" would take away, for a person to agree to: the question that stopped the run may be another one. Null =
    /// no row.
    /// </summary>
    public static string? WouldRemove(RunRow run) => run switch
    {
        _ when run.Code == RunCodes.ColumnsMove => null, // It goes to a new tab.
        { Removed: not > 0 } => null,
        { Rows: 0 } => $"Empty the tab: {Rows(run.Removed.Value)} will be removed",
        _ => $"Remove {Rows(run.Removed.Value)} from the tab",
    };

    /// <summary>Where a sign-in is renewed that a failed run lacked; null = that was not its trouble.</summary>
    public static string? Reconnecting(RunRow run)
    {
        if (run.Status != RunStatus.Failed) return null;
        if (GoogleSignIns.Contains(run.Code)) return "/spreadsheets";
        return XeroSignIns.Contains(run.Code) && run.ConnectionIds() is [var only] ? $"/connections/{only}/reconnect" : null;
    }

    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => "–",
        < 10_000 and var ms => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000m:0.0} s"),
        < 60_000 and var ms => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000} s"),
        < 3_600_000 and var ms => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000} min {ms / 1000 % 60} s"),
        var ms => string.Create(CultureInfo.InvariantCulture, $"{ms / 3_600_000:N0} h {ms / 60_000 % 60} min"),
    };
}
