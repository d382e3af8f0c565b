using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;

namespace CountingKit.Runs;

/// <summary>The second half of a run: nothing to write, or one atomic write that is read back.</summary>
internal sealed class RunWriting(
    ISpreadsheets spreadsheets, IMirror mirror, Streams streams, Leases leases, TimeProvider time)
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(30);

    /// <summary>Its release wakes who waits; this is for a holder that died.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(15);

    /// <summary>How long a vendor's limits of some minutes are waited for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    private readonly RunStanding standing = new(streams);
    private readonly RunSheet sheet = new(mirror);
    private readonly UntouchedRows untouched = new(spreadsheets, mirror);

    public async Task<IEvent> Write(RunContext run, SnapshotMade made, CancellationToken ct)
    {
        var alone = $"spreadsheet:{run.Started.SpreadsheetId}";
        await using var lease = await leases.Hold(alone, run.Attempt, LeaseDuration, ct);
        if (lease is null)
            throw new RunWaitsException(
                RunCodes.SheetBusy.Code, "Another run is writing to this spreadsheet.", time.GetUtcNow() + Busy, isWorthTelling: false,
                behind: alone);
        if (await streams.Read(Spreadsheet.StreamOf(run.Started.Configuration.SpreadsheetKey), Spreadsheet.Decider, ct)
            is Spreadsheet.State.Connected spreadsheet)
            run.AccountId = spreadsheet.AccountId;
        // An earlier attempt may have been killed after its write: only the stamp in the sheet tells.
        var mayHaveLanded = run.State.Write is not null;
        try
        {
            var wording = await RowWording.Of(
                streams, DatasetCatalogue.Find(made.Snapshot.Dataset)!, made.Snapshot, run.Started.Configuration.ConnectionIds, ct);
            var written = new Written(
                made, sheet.Request(run, made.Snapshot, wording), RunSheet.Layout(run.Started.Configuration, wording), wording);
            return await Unchanged(run, written, lease.Lost) ?? await Commit(run, written, () => mayHaveLanded = true, lease);
        }
        catch (SpreadsheetException failed) when (failed.Problem == SpreadsheetProblem.OutcomeUnknown)
        {
            // The stamp will tell when Google answers again; until then nobody may say what the sheet holds.
            throw new RunWaitsException(
                failed.Code, failed.Message, failed.RetryAt ?? time.GetUtcNow() + AskAgain, inner: failed);
        }
        catch (SpreadsheetException failed) when (failed.Problem == SpreadsheetProblem.Unavailable
            && (mayHaveLanded || IsWorthWaiting(run, failed)))
        {
            throw new RunWaitsException(
                failed.Code, failed.Message, failed.RetryAt ?? time.GetUtcNow() + AskAgain, inner: failed)
            {
                LimitedSince = run.LimitedSince,
            };
        }
        catch (SpreadsheetException failed)
        {
            throw new RunEndedException(
                failed.Code, failed.Message,
                sheetUntouched: failed.Problem != SpreadsheetProblem.NotAsWritten && !(mayHaveLanded && await MayHold(run, ct)),
                inner: failed);
        }
    }

    /// <summary>A write of this run stands in the tab, or nobody can say: an earlier attempt may have been turned away.</summary>
    private async Task<bool> MayHold(RunContext run, CancellationToken ct)
    {
        try
        {
            return await Holds(run, RunSheet.Tab(run), ct);
        }
        catch (SpreadsheetException)
        {
            return true;
        }
    }

    /// <summary>A write of this run stands in the tab: none that was sent may still be on its way.</summary>
    /// <exception cref="RunWaitsException">One may.</exception>
    private async Task<bool> Holds(RunContext run, TabReference tab, CancellationToken ct)
    {
        var settles = run.Settles(spreadsheets.LongestWrite);
        var isSettled = settles <= time.GetUtcNow();
        if ((await spreadsheets.ReadStamp(tab, ct))?.RunId == run.RunId) return true;
        return isSettled
            ? false
            : throw new RunWaitsException(
                RunCodes.MayStillLand.Code, $"{RunCodes.MayStillLand.Title}. {RunCodes.MayStillLand.Advice}", settles);
    }

    /// <param name="Layout">Names what besides the rows decides the cells.</param>
    private sealed record Written(SnapshotMade Made, WriteRequest Request, string Layout, RowWording Wording);

    private async Task<IEvent?> Unchanged(RunContext run, Written written, CancellationToken ct)
    {
        if (run.Started is not { ReplayTab: null, Last: { } last } || run.State.Write is not null) return null;
        if (last.Snapshot.Hash != written.Made.Snapshot.Hash || !run.Started.LaidOut(written.Layout, last)) return null;

        var file = await spreadsheets.StateOfFile(run.AccountId, last.SpreadsheetId, ct);
        if (file.Version is null || file.Version != last.FileVersion)
        {
            if (!await spreadsheets.StillHolds(written.Request, ct)) return null;
        }

        IReadOnlyList<RunWarning> warnings =
            [.. last.Warnings ?? [], .. MissingValues.Of(written.Made), .. file.IsInTrash ? new[] { InTrash() } : []];
        return new NoChangesFound(
            run.RunId, run.Started.ExporterId, last.RunId, await run.Calls("xero", ct), await run.Calls("google", ct),
            run.Milliseconds, file.Version, warnings.Count > 0 ? warnings : null);
    }

    private static bool IsWorthWaiting(RunContext run, SpreadsheetException failed) =>
        failed.RetryAt is { } at && at < run.LimitedSince + LongestWait;

    private async Task<IEvent> Commit(RunContext run, Written written, Action landed, HeldLease lease)
    {
        var (made, ct) = (written.Made, lease.Lost);
        Guard(run, made);
        var request = written.Request with
        {
            Former = await untouched.Of(
                run, made.Snapshot, written.Layout, last => sheet.Request(run, last, written.Wording), ct),
            ReadsAllBack = run.State.Write?.RowsSent is not null,
        };
        var (plan, receipt) = await Send(run, request, lease);
        landed();
        await run.Progress.Check(ct);
        // Before the look at the cells: what somebody changes after it is not taken for ours.
        var file = await StateAfterWrite(run, ct);
        IReadOnlyList<WriteWarning> seen;
        try
        {
            seen = await spreadsheets.Verify(plan, ct);
        }
        catch (SpreadsheetException changed) when (changed.Problem == SpreadsheetProblem.ChangedMeanwhile)
        {
            // All rows are sent now: then it does not matter how the tab was when it was looked at.
            (plan, receipt) = await Send(run, written.Request with { Repairs = true }, lease);
            file = await StateAfterWrite(run, ct);
            seen = await spreadsheets.Verify(plan, ct);
        }

        return new ExportCompleted(
            run.RunId, run.Started.ExporterId, made.Snapshot, receipt.SheetId, receipt.TabTitle, made.Difference,
            await run.Calls("xero", ct), await run.Calls("google", ct), plan.Bytes, run.Milliseconds, file.Version, written.Layout,
            [
                .. run.State.Write?.Warnings ?? [], .. seen.Select(Told), .. Warnings(run, made, receipt.SheetId),
                .. file.IsInTrash ? new[] { InTrash() } : [],
            ],
            plan.RowsSent ?? (plan.Landed ? run.State.Write?.RowsSent : null));
    }

    /// <summary>A tab that somebody changed between the look and the write is looked at once more.</summary>
    private async Task<(WritePlan Plan, WriteReceipt Receipt)> Send(RunContext run, WriteRequest request, HeldLease lease)
    {
        var ct = lease.Lost;
        var earlier = run.Settles(spreadsheets.LongestWrite);
        var plan = await Begin(run, await spreadsheets.Plan(request, ct), lease);
        try
        {
            return (plan, await Commit(run, plan, earlier, ct));
        }
        catch (SpreadsheetException refused) when (refused.Problem == SpreadsheetProblem.Refused)
        {
            var again = await spreadsheets.Plan(request, ct);
            if (again.Sends(plan)) throw;
            plan = await Begin(run, again, lease);
            return (plan, await Commit(run, plan, earlier, ct));
        }
    }

    /// <param name="earlier">Until when what was sent before may land: all that may, once this one is turned away.</param>
    private async Task<WriteReceipt> Commit(RunContext run, WritePlan plan, DateTimeOffset earlier, CancellationToken ct)
    {
        try
        {
            return await spreadsheets.Commit(plan, ct);
        }
        catch (SpreadsheetException failed) when (failed.Problem != SpreadsheetProblem.OutcomeUnknown)
        {
            run.Settle(earlier);
            throw;
        }
    }

    private async Task<WritePlan> Begin(RunContext run, WritePlan plan, HeldLease lease)
    {
        await RequireStanding(run, plan.Request, lease.Lost);
        if (!plan.Gathers) return await Announce(run, plan, lease);

        // What nobody sees is no write yet: a run that is stopped meanwhile has written nothing.
        await lease.Confirm(lease.Lost);
        var gathered = await spreadsheets.Gather(plan, lease.Lost);
        try
        {
            await RequireStanding(run, plan.Request, lease.Lost);
            return await Announce(run, gathered, lease);
        }
        catch
        {
            await spreadsheets.Leave(gathered);
            throw;
        }
    }

    private static async Task<WritePlan> Announce(RunContext run, WritePlan plan, HeldLease lease)
    {
        // Of a write that has landed, the attempt that planned it knew what to warn of.
        var warnings = plan.Landed && run.State.Write?.Warnings is { } told
            ? told
            : [.. plan.Warnings.Select(Told)];
        await run.Append(
            new WriteStarted(
                run.RunId, plan.SheetId, plan.TabTitle, plan.CreatesTab, plan.Cells, plan.Bytes, warnings,
                plan.RowsSent ?? (plan.Landed ? run.State.Write?.RowsSent : null)),
            lease.Lost);
        await lease.Confirm(lease.Lost);
        return plan;
    }

    /// <summary>Looked at once more, since the reading may have taken long. What an earlier attempt wrote is finished.</summary>
    private async Task RequireStanding(RunContext run, WriteRequest request, CancellationToken ct)
    {
        try
        {
            await standing.Require(run, ct);
        }
        catch (RunStoppedException) when (run.State.Write is not null)
        {
            if (!await Holds(run, request.Tab, ct)) throw;
        }
    }

    /// <summary>The write is done already: without a version the next run looks into the sheet instead.</summary>
    private async Task<FileState> StateAfterWrite(RunContext run, CancellationToken ct)
    {
        try
        {
            return await spreadsheets.StateOfFile(run.AccountId, run.Started.SpreadsheetId, ct);
        }
        catch (SpreadsheetException)
        {
            return FileState.Unknown;
        }
    }

    private static RunWarning Told(WriteWarning warning) => new(warning.Code, warning.Message, warning.IsOfRows);

    private static RunWarning InTrash() => new(
        SpreadsheetCodes.InTrash.Code, $"{SpreadsheetCodes.InTrash.Title}. {SpreadsheetCodes.InTrash.Advice}");

    /// <summary>A run that would empty a tab although nobody changed what it exports stops, and asks a person to look.</summary>
    private static void Guard(RunContext run, SnapshotMade made)
    {
        if (RemovedRows.All(run.Started, made.Snapshot, run.State.Sources?.Periods()) is { } last
            && !run.Started.MayBeWrittenAnyway(RunCodes.WouldEmpty.Code, made.Snapshot))
            throw new RunEndedException(RunCodes.WouldEmpty.Code, RemovedRows.WouldEmpty(last.Snapshot.Rows));
    }

    /// <param name="sheetId">Of the tab that was written.</param>
    private static IEnumerable<RunWarning> Warnings(RunContext run, SnapshotMade made, int sheetId)
    {
        var periods = run.State.Sources?.Periods();
        if (RemovedRows.All(run.Started, made.Snapshot, periods) is { } last && run.Started.Replaces(sheetId))
            yield return new(RunCodes.Emptied.Code, RemovedRows.Emptied(last.Snapshot.Rows));
        if (made.Difference is { } difference && RemovedRows.Many(run.Started, sheetId, difference, periods) is { } many)
            yield return many;
        foreach (var warning in MissingValues.Of(made)) yield return warning;
    }
}
