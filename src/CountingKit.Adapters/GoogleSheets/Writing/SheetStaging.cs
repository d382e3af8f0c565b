using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Gathers a plan's rows in its staging tab, which nobody sees. What people look at stays as it is meanwhile.</summary>
internal sealed class SheetStaging(GoogleClients clients, GoogleCalls calls, SheetReader reader, TimeProvider time)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <returns>Calls to Google.</returns>
    /// <exception cref="SpreadsheetException">It could not be done: nothing that people see was touched.</exception>
    public async Task<int> Fill(SheetPlan plan, StagingTab staging, CancellationToken ct)
    {
        using var service = clients.Sheets(plan.Request.Tab.AccountId);
        var sent = 1;
        await Make(service, plan, staging, ct);
        await foreach (var (first, values) in StagedRows.Parts(plan.Rows, ct))
        {
            var body = new ValueRange { Range = staging.Rows(first, values.Count), MajorDimension = "ROWS", Values = values! };
            var update = service.Spreadsheets.Values.Update(body, plan.Request.Tab.SpreadsheetId, body.Range);
            update.ValueInputOption = SpreadsheetsResource.ValuesResource.UpdateRequest.ValueInputOptionEnum.RAW;
            await calls.Repeat(update, ct);
            sent++;
            if (plan.Request.Gathered is { } told) await told(first + values.Count, ct);
        }
        return sent;
    }

    /// <summary>Once, as far as Google lets us: what stays is deleted by the next run that writes here.</summary>
    public async Task Delete(WriteRequest request, IReadOnlyCollection<int> tabs, CancellationToken ct)
    {
        if (tabs.Count == 0) return;
        using var service = clients.Sheets(request.Tab.AccountId);
        try
        {
            await calls.Once(service.Spreadsheets.BatchUpdate(StagingTab.Delete(tabs), request.Tab.SpreadsheetId), ct);
        }
        catch (GoogleFailure)
        {
            // Nobody sees it, and its room is asked for before anything is written.
        }
    }

    /// <summary>Also for a run that was stopped: it has a moment to tidy up.</summary>
    public async Task Leave(SheetPlan plan, StagingTab staging)
    {
        using var moment = new CancellationTokenSource(Farewell, time);
        try
        {
            await Delete(plan.Request, [staging.SheetId], moment.Token);
        }
        catch (OperationCanceledException) when (moment.IsCancellationRequested)
        {
            // As above.
        }
    }

    private async Task Make(SheetsService service, SheetPlan plan, StagingTab staging, CancellationToken ct)
    {
        var started = time.GetUtcNow();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await calls.Once(
                    service.Spreadsheets.BatchUpdate(staging.Make(plan.Request, started), plan.Request.Tab.SpreadsheetId), ct);
                return;
            }
            catch (GoogleFailure failure)
            {
                var goesOn = await calls.Pause(failure, attempt, started, ct);
                // Its answer may have been lost; the same id a second time is refused.
                if ((failure.MayHaveLanded || attempt > 0) && await IsThere(plan, staging, ct)) return;
                if (!goesOn) throw failure.ToException(time.GetUtcNow());
            }
        }
    }

    private async Task<bool> IsThere(SheetPlan plan, StagingTab staging, CancellationToken ct)
    {
        var (accountId, spreadsheetId) = (plan.Request.Tab.AccountId, plan.Request.Tab.SpreadsheetId);
        return staging.IsIn(await reader.Spreadsheet(accountId, spreadsheetId, ct), plan.Request.RunId);
    }
}
