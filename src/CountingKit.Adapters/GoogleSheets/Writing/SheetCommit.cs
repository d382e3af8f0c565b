using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Sends a plan's batch until it has landed once. The stamp in the sheet answers what is uncertain.</summary>
internal sealed class SheetCommit(
    GoogleClients clients, GoogleCalls calls, SheetReader reader, SheetStaging staging, TimeProvider time)
{
    /// <summary>Google works so long on a request, also after a gateway has given up on it.</summary>
    public static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(180);

    public async Task<WriteReceipt> Commit(SheetPlan plan, CancellationToken ct)
    {
        if (plan.Gathers) throw new InvalidOperationException("Its rows have to be gathered first.");
        WriteReceipt? receipt = null;
        try
        {
            if (!plan.Landed) await staging.Sweep(plan, ct);
            return receipt = plan.Landed ? new(plan.SheetId, plan.TabTitle, 0, WasThere: true) : await Send(plan, ct);
        }
        finally
        {
            // The batch itself deletes what was gathered. One that is still on its way then finds nothing to bring anywhere, which is
            // as it should be: another attempt asks the stamp, and gathers its own.
            if (receipt is not { WasThere: false }) await staging.Leave(plan);
        }
    }

    private async Task<WriteReceipt> Send(SheetPlan plan, CancellationToken ct)
    {
        using var service = clients.Sheets(plan.Request.Tab.AccountId);
        var started = time.GetUtcNow();
        var (sent, asked) = (0, 0);
        DateTimeOffset? uncertain = null;
        while (true)
        {
            GoogleFailure failure;
            var at = time.GetUtcNow();
            try
            {
                sent++;
                var batch = service.Spreadsheets.BatchUpdate(plan.Batch, plan.Request.Tab.SpreadsheetId);
                await calls.Once(batch, ct);
                return new(plan.SheetId, plan.TabTitle, sent + asked, WasThere: false);
            }
            catch (GoogleFailure thrown)
            {
                failure = thrown;
            }
            if (failure.MayHaveLanded) uncertain = at;
            var goesOn = await calls.Pause(failure, sent - 1, started, ct, toItsEnd: uncertain is not null);
            // A refusal may come from ids that exist because the batch landed before: also in an earlier process.
            if (uncertain is not null || failure.Problem == SpreadsheetProblem.Refused)
            {
                asked++;
                if (await HasLanded(plan, ct)) return new(plan.SheetId, plan.TabTitle, sent + asked, WasThere: true);
            }
            if (failure.Problem == SpreadsheetProblem.Refused && plan.Staging is { } gathered && !await staging.IsThere(plan, gathered, ct))
                throw StagingTab.IsGone(time.GetUtcNow());
            if (goesOn) continue;
            // Nobody will ask the stamp again, and until then it says no more than that the batch has not landed yet.
            if (uncertain + LongestWork is { } settled && settled > time.GetUtcNow())
            {
                await calls.WaitUntil(settled, ct);
                asked++;
                if (await HasLanded(plan, ct)) return new(plan.SheetId, plan.TabTitle, sent + asked, WasThere: true);
            }
            throw failure.ToException(time.GetUtcNow());
        }
    }

    private async Task<bool> HasLanded(SheetPlan plan, CancellationToken ct)
    {
        try
        {
            return await reader.Tab(plan.Tab, ct) is { } tab
                && tab.Stamp.RunId == plan.Request.RunId && tab.Stamp.ContentHash == plan.Request.ContentHash
                && (!plan.Request.Repairs || tab.StampId == plan.StampId);
        }
        catch (SpreadsheetException unanswered)
        {
            var code = GoogleCodes.OutcomeUnknown;
            throw new SpreadsheetException(SpreadsheetProblem.OutcomeUnknown, code.Code,
                $"{code.Title}. {code.Advice}", unanswered.RetryAt, unanswered);
        }
    }
}
