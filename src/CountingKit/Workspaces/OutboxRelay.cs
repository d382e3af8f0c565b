using System.Text;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.Workspaces;

/// <summary>
/// Carries the outbox to the log, in order, one process at a time. A row goes once its event is there: a crash between the
/// two finds the event by its id and appends nothing. What is noted of nobody goes without an event.
/// </summary>
public sealed class OutboxRelay(
    IDbContextFactory<VaultDb> vault, IEventStore store, Leases leases, NodeName node, Outages outages,
    TimeProvider time, ILogger<OutboxRelay> log) : BackgroundService
{
    private const string Lease = "outbox";
    private const int BatchSize = 50;
    private const int ForgottenAtOnce = 1000;

    // Nobody else appends to these streams and rows go in order, so an event already there is among the last.
    private const int LookBack = BatchSize;

    private static readonly string OfNobody = SignInOutbox.StreamOf(SignInOutbox.Nobody);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var backOff = new BackOff(PollInterval, LongestPause, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Relay(stoppingToken);
                backOff.Reset();
                await Task.Delay(PollInterval, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                // The rows stay where they are and are taken up again.
                outages.Log(log, trouble, "What sign-in did could not be told to the log yet");
                await backOff.Wait(stoppingToken);
            }
        }
    }

    /// <summary>Carries over what is there now.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<int> Relay(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        if (!await db.Outbox.AnyAsync(ct) || !await leases.Take(Lease, node.Name, LeaseDuration, ct)) return 0;

        var forgotten = await Forget(db, ct);
        var rows = await db.Outbox.AsNoTracking().Where(o => o.Stream != OfNobody).OrderBy(o => o.Id).Take(BatchSize)
            .ToListAsync(ct);
        foreach (var row in rows)
        {
            await Append(row, ct);
            await db.Outbox.Where(o => o.Id == row.Id).ExecuteDeleteAsync(ct);
        }

        await leases.Release(Lease, node.Name, ct);
        return forgotten + rows.Count;
    }

    /// <summary>What was noted of nobody goes first, so that it does not pile up while the log is away.</summary>
    private static async Task<int> Forget(VaultDb db, CancellationToken ct)
    {
        var notes = await db.Outbox.Where(o => o.Stream == OfNobody).OrderBy(o => o.Id).Select(o => o.EventId)
            .Take(ForgottenAtOnce).ToListAsync(ct);
        if (notes.Count == 0) return 0;
        await db.Access.Where(a => notes.Contains(a.CommandId)).ExecuteDeleteAsync(ct);
        return await db.Outbox.Where(o => notes.Contains(o.EventId)).ExecuteDeleteAsync(ct);
    }

    private async Task Append(OutboxRow row, CancellationToken ct)
    {
        ulong? last = null;
        await foreach (var stored in store.ReadStream(row.Stream, ReadDirection.Backwards, null, LookBack, ct))
        {
            if (stored.Id == row.EventId) return;
            last ??= stored.Revision;
        }

        var data = new EventData(
            row.EventId, row.Type, Encoding.UTF8.GetBytes(row.Data), Encoding.UTF8.GetBytes(row.Metadata));
        await store.Append(row.Stream, ExpectedRevision.After(last), [data], ct);
    }
}
