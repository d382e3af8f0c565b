using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Mirror;

/// <summary>
/// Brings one resource of one connection up to date: a full pass at first and as often as the resource wants it, else what
/// changed since the watermark. One at a time per source; whoever waited for another's sync uses its result.
/// </summary>
public sealed partial class Sync(
    IAccountingSource source, IMirror mirror, Streams streams, CurrentCommand current, Leases leases,
    IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    private const int Passes = 3;
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>An attempt whose process dies holds the source up this long; reading it twice would only cost calls.</summary>
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(10);

    /// <param name="runId">Null = for no run.</param>
    /// <param name="asOf">UTC: a reading that began at this moment or later is fresh enough.</param>
    /// <param name="told">Told of each page that came.</param>
    /// <param name="periods">Of a report: which ones the run is made of; null = it is a list.</param>
    /// <returns>
    /// Segments, since when (UTC) they are as the source was (of a report, its periods that are still open, if any is), and
    /// the source's clock when it was read (null = it was fresh already, or nothing is new).
    /// </returns>
    /// <exception cref="SourceException">With the outcome decided.</exception>
    /// <exception cref="SourceBusyException">Another attempt reads it: its result will do, later.</exception>
    /// <exception cref="OvertakenException">This attempt lost the source to another; it changed nothing since.</exception>
    public async Task<(IReadOnlyList<Segment> Segments, DateTimeOffset ReadAt, DateTimeOffset? SourceTime)> BringUpToDate(
        Source of, Guid? runId, DateTimeOffset asOf, CommandContext context, Func<ReadSoFar, Task> told, CancellationToken ct,
        IReadOnlyList<WantedPeriod>? periods = null)
    {
        await using var lease = await Hold(of, ct)
            ?? throw new SourceBusyException(of, LeaseOf(of), time.GetUtcNow() + LeaseDuration);
        current.Context = context;
        try
        {
            return periods is null
                ? await Read(of, runId, asOf, told, lease.Lost)
                : await ReadPeriods(of, runId, asOf, periods, told, lease.Lost);
        }
        catch (OperationCanceledException lost) when (!ct.IsCancellationRequested)
        {
            throw new OvertakenException(lost);
        }
    }

    /// <summary>Keeps a whole resource that was read already, as received, under the command at hand.</summary>
    public async Task Keep(Source of, SourcePage page, CancellationToken ct)
    {
        var context = current.Context;
        await using var lease = await HoldInTurn(of, ct);
        try
        {
            var cursor = await streams.Open(SegmentList.StreamOf(of), SegmentList.Decider, lease.Lost);
            StagedSync staged;
            try
            {
                staged = await mirror.Stage(
                    of, cursor.State.Segments, Next(cursor.State), true, Only(page), lease.Lost);
            }
            catch (MirrorDamagedException)
            {
                staged = await mirror.Stage(of, [], Next(cursor.State), true, Only(page), lease.Lost);
            }

            await Store(of, cursor, staged, lease.Lost);
        }
        finally
        {
            current.Context = context;
        }
    }

    /// <summary>The owner is this attempt: one that comes back from the dead passes for no other.</summary>
    /// <returns>Null = another attempt has the source.</returns>
    private Task<HeldLease?> Hold(Source of, CancellationToken ct) => leases.Hold(
        LeaseOf(of), $"attempt:{Guid.CreateVersion7():N}", LeaseDuration, ct);

    private static string LeaseOf(Source of) => $"sync:{of.ConnectionId:N}:{of.Resource}";

    /// <summary>For what only stores, and is over in a moment.</summary>
    private async Task<HeldLease> HoldInTurn(Source of, CancellationToken ct)
    {
        while (true)
        {
            if (await Hold(of, ct) is { } held) return held;
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
        }
    }

    private async Task<(IReadOnlyList<Segment> Segments, DateTimeOffset ReadAt, DateTimeOffset? SourceTime)> Read(
        Source of, Guid? runId, DateTimeOffset asOf, Func<ReadSoFar, Task> told, CancellationToken ct)
    {
        // One cursor from here on: a segment that anybody else adds meanwhile ends this attempt, instead of being lost.
        var cursor = await streams.Open(SegmentList.StreamOf(of), SegmentList.Decider, ct);
        var state = await Load(of, ct);
        var began = time.GetUtcNow().UtcDateTime;
        // A clock that once was ahead has noted what has yet to come: that says nothing of now.
        if (state.LastReadAt is { } read && read >= asOf.UtcDateTime && read <= began && state.Watermark is not null)
            return (cursor.State.Segments, new(read, TimeSpan.Zero), null);

        var resource = DatasetCatalogue.ResourceOf(of.Resource);
        var since = cursor.State.Segments.IsEmpty || !resource.TellsChanges || state.LastFullAt is not { } lastFull
            || lastFull < began - resource.FullEvery || lastFull > began
            ? null
            : Since(state.Watermark, began);
        StagedSync staged;
        try
        {
            // Not only after a sync: that one may have died before its base was written.
            if (cursor.State.WantsBase) await Compact(of, cursor, ct);
            staged = await Stage(of, cursor.State, cursor.State.Segments, since, runId, told, ct);
        }
        catch (MirrorDamagedException)
        {
            // What is missing or was changed is read again: a base of everything, which needs no file before it.
            since = null;
            staged = await Stage(of, cursor.State, [], since, runId, told, ct);
        }
        catch (MirrorMemoryException)
        {
            // One file takes less than many, and what else was computed meanwhile may be over.
            if (cursor.State.Segments.Count > 1) await Compact(of, cursor, ct);
            staged = await Stage(of, cursor.State, cursor.State.Segments, since, runId, told, ct);
        }

        if (staged.Segment is not null && (await Load(of, ct)).LastReadAt != state.LastReadAt)
            throw new OvertakenException();
        await Store(of, cursor, staged, ct);
        await Save(state, began, isFull: since is null, staged, ct);
        return (cursor.State.Segments, new(began, TimeSpan.Zero), staged.SourceTime);
    }

    /// <returns>Null = the watermark can't be relied on, as one that lies ahead: all must be read.</returns>
    private static DateTimeOffset? Since(DateTime? watermark, DateTime now) =>
        watermark is { } at && at.Year > 1 && at <= now + Overlap
            ? new DateTimeOffset(at, TimeSpan.Zero) - Overlap
            : null;

    /// <summary>
    /// Reads until there are as many records as the source said: one that moved between pages may have been missed, and an
    /// answer may hold less than it announces.
    /// </summary>
    /// <param name="since">Null = all.</param>
    private async Task<StagedSync> Stage(
        Source of, SegmentList.State known, IReadOnlyList<Segment> current, DateTimeOffset? since, Guid? runId,
        Func<ReadSoFar, Task> told, CancellationToken ct)
    {
        for (var pass = 1; ; pass++)
        {
            var pages = ReadSoFar.Counted(
                source.ReadPages(of.ConnectionId, new SourceQuery(of.Resource, since, runId), ct), told, ct);
            var staged = await mirror.Stage(of, current, Next(known), since is null, pages, ct);
            if (staged.ItemCount is not { } said || staged.Read >= said) return staged;
            if (pass == Passes)
                throw new SourceException(
                    SourceProblem.Unavailable, MirrorCodes.CountsDiffer.Code,
                    $"Xero said there are {said} records and gave {staged.Read}, {Passes} times in a row. "
                    + MirrorCodes.CountsDiffer.Advice);
        }
    }

    private static long Next(SegmentList.State known) => (known.Segments.LastOrDefault()?.Sequence ?? 0) + 1;

    private static async IAsyncEnumerable<SourcePage> Only(SourcePage page)
    {
        await Task.CompletedTask;
        yield return page;
    }

    private async Task Store(
        Source of, StreamCursor<SegmentList.State> cursor, StagedSync staged, CancellationToken ct)
    {
        if (staged.Segment is not { } segment) return;
        await Add(of, cursor, segment, staged.Added, staged.Changed, staged.Deleted, ct);
        if (cursor.State.WantsBase) await Compact(of, cursor, ct);
    }

    private async Task Compact(Source of, StreamCursor<SegmentList.State> cursor, CancellationToken ct) =>
        await Add(of, cursor, await mirror.Compact(of, cursor.State.Segments, ct), 0, 0, 0, ct);

    private async Task Add(
        Source of, StreamCursor<SegmentList.State> cursor, Segment segment, long addedRecords, long changed, long deleted,
        CancellationToken ct)
    {
        foreach (var added in SegmentList.Add(
            cursor.State, of, segment, addedRecords, changed, deleted))
        {
            current.Context = current.Context with
            {
                CommandId = DerivedId.From(current.Context.CommandId, "segment", segment.Hash),
            };
            await cursor.Append(added, ct);
        }
    }

    private async Task<SourceStateRow> Load(Source of, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.SourceStates.FindAsync([of.ConnectionId, of.Resource], ct)
            ?? new SourceStateRow { ConnectionId = of.ConnectionId, Resource = of.Resource };
    }

    /// <summary>Only where it stands as it was loaded: an attempt that lost the source to another moves nothing.</summary>
    private async Task Save(
        SourceStateRow loaded, DateTime began, bool isFull, StagedSync staged, CancellationToken ct)
    {
        var read = new SourceStateRow
        {
            ConnectionId = loaded.ConnectionId,
            Resource = loaded.Resource,
            Watermark = staged.SourceTime?.UtcDateTime ?? loaded.Watermark,
            LastReadAt = began,
            LastFullAt = isFull ? began : loaded.LastFullAt,
            Records = isFull ? staged.Read : loaded.Records,
        };
        await using var db = await vault.CreateDbContextAsync(ct);
        var mine = db.SourceStates.Where(s =>
            s.ConnectionId == loaded.ConnectionId && s.Resource == loaded.Resource && s.LastReadAt == loaded.LastReadAt);
        var saved = await mine.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Watermark, read.Watermark).SetProperty(s => s.LastReadAt, read.LastReadAt)
                .SetProperty(s => s.LastFullAt, read.LastFullAt).SetProperty(s => s.Records, read.Records),
            ct);
        if (saved == 1) return;
        db.SourceStates.Add(read);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException overtaken)
        {
            throw new OvertakenException(overtaken); // It is there, and moved on.
        }
    }
}

/// <summary>Another attempt is bringing the source up to date.</summary>
/// <param name="lease">That attempt's: its release says that it has ended.</param>
/// <param name="until">UTC: when to look again, should that one have died.</param>
public sealed class SourceBusyException(Source source, string lease, DateTimeOffset until)
    : Exception($"{source.Resource} of this organization is being read already.")
{
    public string Lease { get; } = lease;

    public DateTimeOffset Until { get; } = until;
}
