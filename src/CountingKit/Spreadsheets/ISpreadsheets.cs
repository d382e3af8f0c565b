using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Spreadsheets;

/// <summary>The spreadsheets of one Google account or service account. Adapters: Google Sheets.</summary>
/// <remarks>Every member throws <see cref="SpreadsheetException"/> with the outcome decided, and nothing else for what Google does.</remarks>
public interface ISpreadsheets
{
    /// <summary>A write that was sent is carried out within this, or not at all, also when nobody waits for its answer.</summary>
    TimeSpan LongestWrite { get; }

    /// <summary>Creates a spreadsheet. Repeated with the same marker it finds the one it made before.</summary>
    /// <param name="marker">Ours, kept in the file's private properties.</param>
    /// <param name="locale">Such as <c>en_US</c>; null = Google's default for the account.</param>
    Task<SpreadsheetInfo> Create(Guid accountId, string title, Guid marker, string? locale, CancellationToken ct);

    /// <summary>What it is called, where it is, and whether we may write to it.</summary>
    Task<SpreadsheetInfo> Inspect(Guid accountId, string spreadsheetId, CancellationToken ct);

    /// <summary>
    /// Everything that can be known before writing: finds our tab by its metadata, weighs the write, looks for obstacles.
    /// Reads only. What cannot be committed in one atomic step is refused here, with the arithmetic.
    /// </summary>
    Task<WritePlan> Plan(WriteRequest request, CancellationToken ct);

    /// <summary>
    /// Gathers rows that are too many for one request in a hidden tab of this attempt's own, and plans once more, since that may take
    /// long. Changes nothing that people see; a failure leaves nothing behind.
    /// </summary>
    /// <returns>What to commit, or to <see cref="Leave"/>; the plan itself where it does not gather.</returns>
    Task<WritePlan> Gather(WritePlan plan, CancellationToken ct);

    /// <summary>Tidies up what was gathered for a plan that is not carried out, as far as Google lets us; throws nothing.</summary>
    Task Leave(WritePlan plan);

    /// <summary>
    /// Carries the plan out in one atomic step. After a lost answer it asks the sheet's run stamp whether it landed, and
    /// repeats only what did not.
    /// </summary>
    Task<WriteReceipt> Commit(WritePlan plan, CancellationToken ct);

    /// <summary>
    /// Reads back stamp, size, header, first, last and up to 20 rows chosen by the content hash (all of them where only some were
    /// sent), and the values that people typed beside them where those may have moved since the plan.
    /// </summary>
    /// <returns>What a person has to look at, although our rows are as they were written; empty = nothing.</returns>
    /// <exception cref="SpreadsheetException">What stands there is not what was written (CK-SHEET-…).</exception>
    Task<IReadOnlyList<WriteWarning>> Verify(WritePlan plan, CancellationToken ct);

    /// <summary>The stamp of the last run that wrote this tab, if the tab is there and still ours; null = no such tab.</summary>
    Task<TabStamp?> ReadStamp(TabReference tab, CancellationToken ct);

    /// <summary>
    /// Whether the tab's range still holds exactly what the rows say: false = edited, moved or gone. Reads in chunks.
    /// </summary>
    Task<bool> StillHolds(WriteRequest request, CancellationToken ct);

    /// <summary>
    /// What Drive tells of the file. Where Drive may not be asked, is switched off or refuses, nothing is known: that is no failure.
    /// </summary>
    Task<FileState> StateOfFile(Guid accountId, string spreadsheetId, CancellationToken ct);
}

/// <param name="Version">Drive's change counter, which rises with every change; null = not told: only reading back tells.</param>
/// <param name="IsInTrash">Somebody threw the file away: Google deletes it for good after 30 days.</param>
public sealed record FileState(long? Version, bool IsInTrash)
{
    public static readonly FileState Unknown = new(null, false);
}

/// <param name="Url">For people, to open it.</param>
/// <param name="TimeZone">IANA, the spreadsheet's own; null = not told.</param>
/// <param name="CanEdit">Null = Google did not say.</param>
/// <param name="IsInTrash">Somebody threw the file away.</param>
public sealed record SpreadsheetInfo(
    string SpreadsheetId, string Title, string Url, string? TimeZone, bool? CanEdit, IReadOnlyList<TabInfo> Tabs,
    bool IsInTrash = false);

public sealed record TabInfo(int SheetId, string Title, bool IsOurs, int Rows, int Columns);

/// <param name="ExporterId">Whose tab it is, written in the tab's metadata.</param>
/// <param name="SheetId">Where it was last time; null = never written.</param>
public sealed record TabReference(Guid AccountId, string SpreadsheetId, Guid ExporterId, int? SheetId);

/// <param name="Title">For a tab that must be made; a number is added when the title is taken.</param>
/// <param name="Rows">Can be read more than once, always the same rows in the same order.</param>
/// <param name="ContentHash">Of the rows, 64 hex digits.</param>
/// <param name="Note">Told in the note on the first heading, such as the organization's name; plain text.</param>
/// <param name="KeyColumn">Key of the column that names a row for good; null = there is none among them.</param>
/// <param name="NameColumn">Key of the column by which people know a row, such as its number; null = there is none.</param>
/// <param name="WriteAnyway">A person has looked: values beside the rows may end beside other records.</param>
/// <param name="NewTab">A person has looked: our tab stays as it is, and a new one is made beside it.</param>
public sealed record WriteRequest(
    TabReference Tab,
    string Title,
    string Dataset,
    Guid RunId,
    DateTimeOffset At,
    IReadOnlyList<SheetColumn> Columns,
    long RowCount,
    string ContentHash,
    Func<CancellationToken, IAsyncEnumerable<CellValue[]>> Rows,
    string Note,
    string? KeyColumn = null,
    string? NameColumn = null,
    bool WriteAnyway = false,
    bool NewTab = false)
{
    /// <summary>
    /// Told how many rows are gathered where nobody sees them, when they are too many for one request. Null =
    /// nobody asks.
    /// </summary>
    public Func<long, CancellationToken, Task>? Gathered { get; init; }

    /// <summary>What the tab holds; rows that stay need not be sent again. Null = it is not known: all are written.</summary>
    public FormerRows? Former { get; init; }

    /// <summary>
    /// What this run wrote was not all that the sheet showed afterwards: its stamp alone does not say that it need not be written.
    /// </summary>
    public bool Repairs { get; init; }

    /// <summary>The look after the write is at every row, not at some.</summary>
    public bool ReadsAllBack { get; init; }
}

/// <summary>What a run left in the tab, found untouched a moment ago.</summary>
/// <param name="Rows">Without the header.</param>
/// <param name="Kept">Those of them that are also among the rows to write, cell by cell: rising on both sides.</param>
public sealed record FormerRows(Guid RunId, string ContentHash, long Rows, IReadOnlyList<RowRun> Kept);

/// <param name="Key">Stable; the tab remembers which column is which by it.</param>
public sealed record SheetColumn(string Key, string Heading, ColumnType Type);

/// <summary>What will happen, weighed and checked; opaque to the caller but for these figures.</summary>
/// <param name="SheetId">The tab's id, chosen by us when it must be made.</param>
/// <param name="Warnings">Codes and sentences, such as numbers beyond 15 digits.</param>
/// <param name="Landed">An earlier attempt of the same run wrote it already; what it warned of is not known any more.</param>
public abstract record WritePlan(
    WriteRequest Request, int SheetId, string TabTitle, bool CreatesTab, long Cells, long Bytes,
    IReadOnlyList<WriteWarning> Warnings, bool Landed)
{
    /// <summary>Its rows are too many for one request, and not gathered yet.</summary>
    public abstract bool Gathers { get; }

    /// <summary>Rows that are sent, where the others stay or are moved within the tab; null = all are.</summary>
    public long? RowsSent { get; init; }

    /// <summary>Whether the other plan would change the very same thing for people.</summary>
    public abstract bool Sends(WritePlan other);
}

/// <param name="IsOfRows">True = it holds as long as these rows stand in the sheet; false = it is told once.</param>
public sealed record WriteWarning(string Code, string Message, bool IsOfRows = false);

/// <param name="Calls">Calls to Google that the commit took.</param>
/// <param name="WasThere">True = an earlier attempt had landed; nothing was written now.</param>
public sealed record WriteReceipt(int SheetId, string TabTitle, int Calls, bool WasThere);

/// <param name="At">UTC.</param>
public sealed record TabStamp(Guid RunId, string ContentHash, long Rows, int Columns, DateTimeOffset At, int SheetId);

/// <summary>What went wrong, by what must happen next.</summary>
public enum SpreadsheetProblem
{
    /// <summary>The sign-in is dead: a person must connect the Google account again.</summary>
    SignInExpired,
    /// <summary>Not shared with us, view only, deleted, or hidden by the permission we have.</summary>
    NoAccess,
    /// <summary>The write cannot be done in one atomic step, or something stands in its way: nothing was written.</summary>
    Refused,
    /// <summary>Google is down or slow, after retries; for a commit: it did not land.</summary>
    Unavailable,
    /// <summary>Whether the commit landed could not be found out yet: ask again with the same plan later.</summary>
    OutcomeUnknown,
    /// <summary>What stands in the sheet is not what was written.</summary>
    NotAsWritten,
    /// <summary>Likewise, because only some rows were sent and somebody changed the tab just before: all must be sent.</summary>
    ChangedMeanwhile,
    Configuration,
    KeysMissing,
}

/// <param name="code">Stable: CK-GOOGLE-… or CK-SHEET-….</param>
/// <param name="message">For an accountant; no secrets, no raw answers.</param>
public sealed class SpreadsheetException(
    SpreadsheetProblem problem, string code, string message, DateTimeOffset? retryAt = null, Exception? inner = null)
    : Exception(message, inner)
{
    public SpreadsheetProblem Problem { get; } = problem;

    public string Code { get; } = code;

    /// <summary>UTC; null = whenever.</summary>
    public DateTimeOffset? RetryAt { get; } = retryAt;
}
