using CountingKit.Spreadsheets;

namespace CountingKit.Tests.Runs;

/// <summary>Google's, but for a write that lands when the test says so, and for what happens meanwhile.</summary>
internal sealed class LateSheets(ISpreadsheets google) : ISpreadsheets
{
    private WritePlan? sent;

    /// <summary>What happens between a plan and its write; null = nothing.</summary>
    public Func<Task>? OnPlanned { get; set; }

    /// <summary>What becomes of a write that is sent; null = it is carried out.</summary>
    public Func<WritePlan, WriteReceipt>? OnCommit { get; set; }

    /// <summary>What happens when the cells were just read back; null = nothing.</summary>
    public Func<WritePlan, Task>? OnVerified { get; set; }

    public bool Refuses { get; set; }

    /// <summary>Who was to write, last.</summary>
    public Guid? Account { get; private set; }

    public TimeSpan LongestWrite => google.LongestWrite;

    /// <summary>The first write that was not carried out is so now.</summary>
    public Task Land() => google.Commit(sent!, CancellationToken.None);

    public async Task<WritePlan> Plan(WriteRequest request, CancellationToken ct)
    {
        Account = request.Tab.AccountId;
        if (Refuses) throw new SpreadsheetException(SpreadsheetProblem.Refused, "CK-SHEET-01", "No.");
        var plan = await google.Plan(request, ct);
        if (OnPlanned is { } happens) await happens();
        return plan;
    }

    public Task<WritePlan> Gather(WritePlan plan, CancellationToken ct) => google.Gather(plan, ct);

    public Task Leave(WritePlan plan) => google.Leave(plan);

    public Task<WriteReceipt> Commit(WritePlan plan, CancellationToken ct)
    {
        if (OnCommit is null) return google.Commit(plan, ct);
        sent ??= plan;
        return Task.FromResult(OnCommit(plan));
    }

    public Task<SpreadsheetInfo> Create(Guid accountId, string title, Guid marker, string? locale, CancellationToken ct) =>
        google.Create(accountId, title, marker, locale, ct);

    public Task<SpreadsheetInfo> Inspect(Guid accountId, string spreadsheetId, CancellationToken ct) =>
        google.Inspect(accountId, spreadsheetId, ct);

    public async Task<IReadOnlyList<WriteWarning>> Verify(WritePlan plan, CancellationToken ct)
    {
        var seen = await google.Verify(plan, ct);
        if (OnVerified is { } happens) await happens(plan);
        return seen;
    }

    public Task<TabStamp?> ReadStamp(TabReference tab, CancellationToken ct) => google.ReadStamp(tab, ct);

    public Task<bool> StillHolds(WriteRequest request, CancellationToken ct) => google.StillHolds(request, ct);

    public Task<FileState> StateOfFile(Guid accountId, string spreadsheetId, CancellationToken ct) =>
        google.StateOfFile(accountId, spreadsheetId, ct);
}
