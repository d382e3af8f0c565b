using CountingKit.Datasets;
using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Mirror;

/// <content>Of a report, whose records are periods: only those are asked for that may have changed, one call each.</content>
public sealed partial class Sync
{
    /// <summary>So many are kept at once: what was read stays read, if the next call is beyond a limit.</summary>
    private const int PeriodsAtOnce = 12;

    /// <summary>When the periods of a report were read, UTC, by their keys.</summary>
    public static async Task<Dictionary<string, DateTimeOffset>> PeriodsRead(
        IDbContextFactory<Vault.VaultDb> vault, Source of, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PeriodReads.AsNoTracking()
            .Where(row => row.ConnectionId == of.ConnectionId && row.Resource == of.Resource)
            .ToDictionaryAsync(row => row.Period, row => new DateTimeOffset(row.ReadAt, TimeSpan.Zero), ct);
    }

    private async Task<(IReadOnlyList<Segment> Segments, DateTimeOffset ReadAt, DateTimeOffset? SourceTime)> ReadPeriods(
        Source of, Guid? runId, DateTimeOffset asOf, IReadOnlyList<WantedPeriod> wanted, Func<ReadSoFar, Task> told,
        CancellationToken ct)
    {
        var cursor = await streams.Open(SegmentList.StreamOf(of), SegmentList.Decider, ct);
        var state = await Load(of, ct);
        var began = time.GetUtcNow();
        var read = cursor.State.Segments.IsEmpty ? [] : await PeriodsRead(vault, of, ct);
        var fullEvery = DatasetCatalogue.ResourceOf(of.Resource).FullEvery;
        // A clock that once was ahead has noted what has yet to come: that says nothing of now.
        var due = wanted.Where(period => period.IsDue(Known(period), asOf, fullEvery)).ToList();
        DateTimeOffset? sourceTime;
        try
        {
            if (cursor.State.WantsBase) await Compact(of, cursor, ct);
            sourceTime = await ReadDue(of, cursor, due, runId, isAnew: false, told, ct);
        }
        catch (MirrorDamagedException)
        {
            // What is missing or was changed is read again; what nobody wants now, when somebody does.
            await Forget(of, ct);
            due = [.. wanted];
            sourceTime = await ReadDue(of, cursor, due, runId, isAnew: true, told, ct);
        }

        if (due.Count > 0)
            await Save(state, began.UtcDateTime, isFull: true, new(null, due.Count, null, 0, 0, 0, sourceTime), ct);
        var fresh = due.ToHashSet();
        var open = wanted.Where(period => period.IsOpen(began)).ToList();
        var readAt = (open.Count > 0 ? open : wanted).Min(period => fresh.Contains(period) ? began : Known(period) ?? began);
        return (cursor.State.Segments, readAt, sourceTime);

        DateTimeOffset? Known(WantedPeriod period) =>
            read.TryGetValue(period.Period.Key, out var at) && at <= began ? at : null;
    }

    /// <param name="isAnew">True = what the mirror holds can't be used: the first of these begin a new base.</param>
    /// <returns>The source's clock; null = nothing was asked.</returns>
    private async Task<DateTimeOffset?> ReadDue(
        Source of, StreamCursor<SegmentList.State> cursor, List<WantedPeriod> due, Guid? runId, bool isAnew,
        Func<ReadSoFar, Task> told, CancellationToken ct)
    {
        DateTimeOffset? sourceTime = null;
        var done = 0;
        do
        {
            // With none it is only looked whether the mirror still holds what it should.
            var began = time.GetUtcNow();
            ReportPeriod[] periods = [.. due.Skip(done).Take(PeriodsAtOnce).Select(period => period.Period)];
            var (before, isBase) = (done, isAnew && done == 0);
            var pages = ReadSoFar.Counted(
                source.ReadPages(of.ConnectionId, new SourceQuery(of.Resource, null, runId, periods), ct),
                soFar => told(new(before + soFar.Pages, due.Count, before + soFar.Records, due.Count)), ct);
            var staged = await mirror.Stage(
                of, isBase ? [] : cursor.State.Segments, Next(cursor.State), isBase, pages, ct);
            await Store(of, cursor, staged, ct);
            await Note(of, periods, began, ct);
            sourceTime ??= staged.SourceTime;
            done += periods.Length;
        }
        while (done < due.Count);

        return sourceTime;
    }

    private async Task Note(Source of, ReportPeriod[] periods, DateTimeOffset at, CancellationToken ct)
    {
        var keys = periods.Select(period => period.Key).ToList();
        await using var db = await vault.CreateDbContextAsync(ct);
        var rows = await db.PeriodReads.Where(row => row.ConnectionId == of.ConnectionId && row.Resource == of.Resource
            && keys.Contains(row.Period)).ToDictionaryAsync(row => row.Period, ct);
        foreach (var key in keys)
            if (rows.TryGetValue(key, out var row)) row.ReadAt = at.UtcDateTime;
            else
                db.PeriodReads.Add(new()
                {
                    ConnectionId = of.ConnectionId, Resource = of.Resource, Period = key, ReadAt = at.UtcDateTime,
                });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException overtaken)
        {
            throw new OvertakenException(overtaken); // Another attempt noted them meanwhile.
        }
    }

    private async Task Forget(Source of, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.PeriodReads.Where(row => row.ConnectionId == of.ConnectionId && row.Resource == of.Resource)
            .ExecuteDeleteAsync(ct);
    }
}
