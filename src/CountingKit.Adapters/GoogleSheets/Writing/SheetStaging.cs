using CountingKit.EventSourcing;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Gathers a plan's rows in its staging tab, which nobody sees. What people look at stays as it is meanwhile.</summary>
internal sealed class SheetStaging(
    GoogleClients clients, GoogleCalls calls, SheetReader reader, SheetPlanner planner, WorkLanes lanes, TimeProvider time)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <returns>The plan as of now, that the gathering is over: what was looked at before it may have changed.</returns>
    /// <exception cref="SpreadsheetException">It could not be done: nothing that people see was touched.</exception>
    /// <exception cref="OvertakenException">Somebody wants something else of this work, such as its end.</exception>
    public async Task<SheetPlan> Gather(SheetPlan plan, CancellationToken ct)
    {
        if (!plan.Gathers) return plan;
        await Sweep(plan, ct);
        try
        {
            await Fill(plan, plan.Staging!, ct);
            return await planner.Plan(plan.Request, ct, plan.Staging);
        }
        catch
        {
            await Leave(plan);
            throw;
        }
    }

    /// <summary>What earlier attempts left behind. What Google does not delete now, it does for the next run.</summary>
    public async Task Sweep(SheetPlan plan, CancellationToken ct)
    {
        foreach (var orphan in plan.Orphans) await Delete(plan.Request, orphan, ct);
    }

    /// <summary>Also for a run that was stopped: it has a moment to tidy up, and ends as it would have in any case.</summary>
    public async Task Leave(SheetPlan plan)
    {
        if (plan.Staging is not { SheetId: var id }) return;
        using var moment = new CancellationTokenSource(Farewell, time);
        try
        {
            await Delete(plan.Request, id, moment.Token);
        }
        catch (OperationCanceledException) when (moment.IsCancellationRequested)
        {
            // The next run deletes it.
        }
    }

    private async Task Delete(WriteRequest request, int sheetId, CancellationToken ct)
    {
        using var service = clients.Sheets(request.Tab.AccountId);
        var batch = new BatchUpdateSpreadsheetRequest { Requests = [StagingTab.Gone(sheetId)] };
        try
        {
            await calls.Once(service.Spreadsheets.BatchUpdate(batch, request.Tab.SpreadsheetId), ct);
        }
        catch (Exception refused) when (refused is GoogleFailure or SpreadsheetException)
        {
            // Nobody sees it. Where its room is missed, Google says so before anything is written.
        }
    }

    private async Task Fill(SheetPlan plan, StagingTab staging, CancellationToken ct)
    {
        using var service = clients.Sheets(plan.Request.Tab.AccountId);
        await Make(service, plan, staging, ct);
        await foreach (var (first, values) in StagedRows.Parts(plan.Rows, ct))
        {
            lanes.ThrowIfWoken();
            var body = new ValueRange { Range = staging.Rows(first, values.Count), MajorDimension = "ROWS", Values = values! };
            var update = service.Spreadsheets.Values.Update(body, plan.Request.Tab.SpreadsheetId, body.Range);
            update.ValueInputOption = SpreadsheetsResource.ValuesResource.UpdateRequest.ValueInputOptionEnum.RAW;
            await calls.Repeat(update, ct);
            if (plan.Request.Gathered is { } told) await told(first + values.Count - 1, ct);
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

    public async Task<bool> IsThere(SheetPlan plan, StagingTab staging, CancellationToken ct) =>
        staging.IsIn(await reader.Spreadsheet(plan.Request.Tab.AccountId, plan.Request.Tab.SpreadsheetId, ct));
}
