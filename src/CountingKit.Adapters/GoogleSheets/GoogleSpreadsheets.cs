using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Google Sheets behind the port: each member is one of the small parts beside this file.</summary>
internal sealed class GoogleSpreadsheets(
    SpreadsheetFiles files, GoogleCalls calls, SheetPlanner planner, SheetStaging staging, SheetCommit commit, SheetReadBack readBack,
    SheetReader reader)
    : ISpreadsheets
{
    public TimeSpan LongestWrite => SheetCommit.LongestWork;

    public Task<SpreadsheetInfo> Create(
        Guid accountId, string title, Guid marker, string? locale, CancellationToken ct) =>
        calls.ForAPerson(token => files.Create(accountId, title, marker, locale, token), ct);

    public Task<SpreadsheetInfo> Inspect(Guid accountId, string spreadsheetId, CancellationToken ct) =>
        calls.ForAPerson(token => files.Inspect(accountId, spreadsheetId, token), ct);

    public async Task<WritePlan> Plan(WriteRequest request, CancellationToken ct) => await planner.Plan(request, ct);

    public async Task<WritePlan> Gather(WritePlan plan, CancellationToken ct) => await staging.Gather((SheetPlan)plan, ct);

    public Task Leave(WritePlan plan) => staging.Leave((SheetPlan)plan);

    public Task<WriteReceipt> Commit(WritePlan plan, CancellationToken ct) => commit.Commit((SheetPlan)plan, ct);

    public Task<IReadOnlyList<WriteWarning>> Verify(WritePlan plan, CancellationToken ct) =>
        readBack.Verify((SheetPlan)plan, ct);

    public async Task<TabStamp?> ReadStamp(TabReference tab, CancellationToken ct) =>
        await reader.Tab(tab, ct) is { Stamp: var stamp } found
            ? new(stamp.RunId, stamp.ContentHash, stamp.Rows, stamp.Columns, stamp.At, found.SheetId)
            : null;

    public Task<bool> StillHolds(WriteRequest request, CancellationToken ct) => readBack.StillHolds(request, ct);

    public Task<FileState> StateOfFile(Guid accountId, string spreadsheetId, CancellationToken ct) =>
        files.State(accountId, spreadsheetId, ct);
}
