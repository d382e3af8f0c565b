using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>
/// Brings one resource of one connection up to date: a full pass at first and once a week, else what changed since the
/// watermark. One at a time per source; whoever waited for another's sync uses its result.
/// </summary>
public sealed class Sync(
    IAccountingSource source, IMirror mirror, Streams streams, CurrentCommand current, Leases leases,
    IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    private const int Passes = 3;
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FullEvery = TimeSpan.FromDays(7);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(30);

    /// <param name="asOf">UTC: a reading that began at this moment or later is fresh enough.</param>
    /// <returns>Segments as of now, and the source's clock when it was read (null = it was fresh already, or nothing is new).</returns>
    /// <exception cref="SourceException">With the outcome decided.</exception>
    public async Task<(IReadOnlyList<Segment> Segments, DateTimeOffset? SourceTime)> BringUpToDate(
        Source of, Guid runId, DateTimeOffset asOf, CommandContext context, CancellationToken ct)
    {
        await using var lease = await Hold(of, $"run:{runId:N}", ct);
        current.Context = context;
        return await Read(of, runId, asOf, lease.Lost);
    }

    /// <summary>Keeps a whole resource that was read already, as received, under the command at hand.</summary>
    public async Task Keep(Source of, SourcePage page, CancellationToken ct)
    {
        var context = current.Context;
        await using var lease = await Hold(of, $"keep:{context.CommandId:N}", ct);
        try
        {
            var known = await streams.Read(SegmentList.StreamOf(of), SegmentList.Decider, lease.Lost);
            StagedSync staged;
            try
            {
                staged = await mirror.Stage(of, known.Segments, Next(known), true, Only(page), lease.Lost);
            }
            catch (MirrorDamagedException)
            {
                staged = await mirror.Stage(of, [], Next(known), true, Only(page), lease.Lost);
            }

            await Store(of, known, staged, lease.Lost);
        }
        finally
        {
            current.Context = context;
        }
    }

    private async Task<HeldLease> Hold(Source of, string owner, CancellationToken ct)
    {
        while (true)
        {
            if (await leases.Hold($"sync:{of.ConnectionId:N}:{of.Resource}", owner, LeaseLength, ct) is { } held)
                return held;
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
        }
    }

    private async Task<(IReadOnlyList<Segment>, DateTimeOffset?)> Read(
        Source of, Guid runId, DateTimeOffset asOf, CancellationToken ct)
    {
        var known = await streams.Read(SegmentList.StreamOf(of), SegmentList.Decider, ct);
        var state = await Load(of, ct);
        if (state.LastReadAt >= asOf.UtcDateTime && state.Watermark is not null) return (known.Segments, null);

        var began = time.GetUtcNow().UtcDateTime;
        var full = state.Watermark is null || known.Segments.IsEmpty || state.LastFullAt < began - FullEvery;
        StagedSync staged;
        try
        {
            // Not only after a sync: that one may have died before its base was written.
            if (known.WantsBase) known = await Compact(of, known, ct);
            staged = await Stage(of, known, known.Segments, state, full, runId, ct);
        }
        catch (MirrorDamagedException)
        {
            // What is missing or was changed is read again: a base of everything, which needs no file before it.
            full = true;
            staged = await Stage(of, known, [], state, full, runId, ct);
        }

        known = await Store(of, known, staged, ct);

        state.Watermark = staged.SourceTime?.UtcDateTime ?? state.Watermark;
        state.LastReadAt = began;
        if (full) (state.LastFullAt, state.Records) = (began, staged.Read);
        await Save(state, ct);
        return (known.Segments, staged.SourceTime);
    }

    /// <summary>
    /// Reads until a full pass gave as many records as the source said there are: a record that moved between pages may
    /// have been missed.
    /// </summary>
    private async Task<StagedSync> Stage(
        Source of, SegmentList.State known, IReadOnlyList<Segment> current, SourceStateRow state, bool full, Guid runId,
        CancellationToken ct)
    {
        DateTimeOffset? since = full ? null : new DateTimeOffset(state.Watermark!.Value, TimeSpan.Zero) - Overlap;
        for (var pass = 1; ; pass++)
        {
            var pages = source.ReadPages(of.ConnectionId, new SourceQuery(of.Resource, since, runId), ct);
            var staged = await mirror.Stage(of, current, Next(known), full, pages, ct);
            if (!full || staged.ItemCount is not { } said || staged.Read >= said) return staged;
            if (pass == Passes)
                throw new SourceException(
                    SourceProblem.Unavailable, "CK-XERO-DATA-01",
                    $"Xero said there are {said} records and gave {staged.Read}, {Passes} times in a row.");
        }
    }

    private static long Next(SegmentList.State known) => (known.Segments.LastOrDefault()?.Sequence ?? 0) + 1;

    private static async IAsyncEnumerable<SourcePage> Only(SourcePage page)
    {
        await Task.CompletedTask;
        yield return page;
    }

    private async Task<SegmentList.State> Store(Source of, SegmentList.State known, StagedSync staged, CancellationToken ct)
    {
        if (staged.Segment is not { } segment) return known;
        known = await Add(of, segment, staged.Added, staged.Changed, staged.Deleted, ct);
        return known.WantsBase ? await Compact(of, known, ct) : known;
    }

    private async Task<SegmentList.State> Compact(Source of, SegmentList.State known, CancellationToken ct) =>
        await Add(of, await mirror.Compact(of, known.Segments, ct), 0, 0, 0, ct);

    private async Task<SegmentList.State> Add(
        Source of, Segment segment, long addedRecords, long changed, long deleted, CancellationToken ct)
    {
        var cursor = await streams.Open(SegmentList.StreamOf(of), SegmentList.Decider, ct);
        foreach (var added in SegmentList.Add(
            cursor.State, of, segment, addedRecords, changed, deleted))
        {
            current.Context = current.Context with
            {
                CommandId = DerivedId.From(current.Context.CommandId, "segment", segment.Hash),
            };
            await cursor.Append(added, ct);
        }

        return cursor.State;
    }

    private async Task<SourceStateRow> Load(Source of, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.SourceStates.FindAsync([of.ConnectionId, of.Resource], ct)
            ?? new SourceStateRow { ConnectionId = of.ConnectionId, Resource = of.Resource };
    }

    private async Task Save(SourceStateRow state, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var isNew = !await db.SourceStates.AnyAsync(
            s => s.ConnectionId == state.ConnectionId && s.Resource == state.Resource, ct);
        db.Entry(state).State = isNew ? EntityState.Added : EntityState.Modified;
        await db.SaveChangesAsync(ct);
    }
}
