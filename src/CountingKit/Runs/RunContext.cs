using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>One attempt at a run: its place in the stream, and how its events are signed.</summary>
internal sealed class RunContext(
    WorkItem item, Run.State.Active state, StreamCursor<Run.State> cursor, CurrentCommand current,
    IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>Differs from every other attempt's: two workers never pass for one another. Owns the leases it takes.</summary>
    public string Attempt => item.Attempt;

    public RunStarted Started { get; } = state.Started;

    public Guid RunId => Started.RunId;

    /// <summary>The Google account that writes; while the run waited, another one may have been chosen for the spreadsheet.</summary>
    public Guid AccountId { get; set; } = state.Started.AccountId;

    public Run.State.Active State => (Run.State.Active)cursor.State;

    /// <summary>Since the run was queued.</summary>
    public long Milliseconds => (long)(time.GetUtcNow() - Started.QueuedAt).TotalMilliseconds;

    public RunWork Work { get; private set; } = Begun(item.Read<RunWork>(), time.GetUtcNow());

    /// <summary>UTC: since when limits of some minutes are waited for, now if they are not yet.</summary>
    public DateTimeOffset LimitedSince => Work.LimitedSince ?? time.GetUtcNow();

    /// <summary>
    /// What it sent lands until then, or never: an attempt that died may have sent it a moment before this one began.
    /// </summary>
    public DateTimeOffset Settles(TimeSpan longestWrite)
    {
        if (State.Writes == 0) return DateTimeOffset.MinValue;
        if (Work.Settled is not { } known || known.Number != State.Writes) Settle(time.GetUtcNow() + longestWrite);
        return Work.Settled!.At;
    }

    /// <summary>So much is known now of what it sent.</summary>
    public void Settle(DateTimeOffset at) => Work = Work with { Settled = new(State.Writes, at) };

    /// <summary>What it stood behind another run counts for no limit.</summary>
    private static RunWork Begun(RunWork work, DateTimeOffset now) =>
        work with { LimitedSince = work.LimitedSince + (now - (work.BehindSince ?? now)), BehindSince = null };

    /// <summary>For whoever watches.</summary>
    public RunProgressNotes Progress { get; } = new(item, vault, time);

    public CommandContext Context(string step) =>
        item.Context($"{step}:{Attempt}", Started.Configuration.ConnectionIds);

    /// <summary>What this run appends elsewhere next is signed as this step of it.</summary>
    public void Sign(string step) => current.Context = Context(step);

    /// <exception cref="OvertakenException">Another worker has the run now, or somebody asked to cancel it.</exception>
    public async Task Append(IEvent @event, CancellationToken ct)
    {
        current.Context = Context(@event.GetType().Name);
        await cursor.Append(@event, ct);
    }

    /// <summary>Calls that this run has made so far, as logged.</summary>
    /// <param name="vendor"><c>xero</c> or <c>google</c>.</param>
    public async Task<int> Calls(string vendor, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.Calls.CountAsync(c => c.RunId == RunId && c.Vendor == vendor, ct);
    }
}

/// <summary>The run ends here, as decided by a rule or by what the outside said.</summary>
internal sealed class RunEndedException(
    string code, string message, bool sheetUntouched = true, SourceProblem? problem = null, Guid? connectionId = null,
    Exception? inner = null)
    : Exception(message, inner)
{
    public RunFailed ToEvent(RunContext run) => new(
        run.RunId, run.Started.ExporterId, code, Message, sheetUntouched, run.Milliseconds, problem, connectionId);
}

/// <summary>What the run was queued for is gone or paused: nothing is written, and nothing went wrong.</summary>
/// <param name="why">Null = a person asked.</param>
internal sealed class RunStoppedException(ErrorCode? why = null) : Exception("The run is stopped.")
{
    public ErrorCode? Why { get; } = why;

    public RunCanceled ToEvent(RunContext run) => new(
        run.RunId, run.Started.ExporterId, run.Milliseconds, Why?.Code, Why is null ? null : $"{Why.Title}. {Why.Advice}");
}

/// <summary>The run goes on later.</summary>
/// <param name="isWorthTelling">False = a moment behind another run: no event says so.</param>
/// <param name="behind">The lease that another holds: the run goes on as soon as that is released; null = only by time.</param>
internal sealed class RunWaitsException(
    string code, string message, DateTimeOffset until, bool isWorthTelling = true, string? behind = null,
    Exception? inner = null)
    : Exception(message, inner)
{
    public bool IsWorthTelling { get; } = isWorthTelling;

    /// <summary>Of a limit of some minutes, since when it is waited for; null = it waits for something else.</summary>
    public DateTimeOffset? LimitedSince { get; init; }

    public RunWaited ToEvent(RunContext run) => new(run.RunId, code, Message, until);

    public WorkResult ToResult(RunContext run, DateTimeOffset now) => new WorkResult.Again(until)
    {
        WaitsFor = behind,
        Payload = WorkItem.Write(IsWorthTelling
            ? run.Work with { LimitedSince = LimitedSince }
            : run.Work with { BehindSince = now }),
    };
}
