using System.ComponentModel.DataAnnotations;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>The workspace's runs that the requester may see, newest first.</summary>
/// <param name="ExporterId">Null = of all exporters.</param>
/// <param name="Before">The last run of the page before; null = from the newest.</param>
/// <param name="ConnectionId">Only runs that read this organization.</param>
/// <param name="SpreadsheetKey">Our id of the spreadsheet that they were for.</param>
/// <param name="From">UTC, inclusive: when they were started.</param>
/// <param name="To">UTC, exclusive.</param>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record ListRuns(
    Guid? ExporterId = null, RunStatus? Status = null, Guid? Before = null, [property: Range(1, 200)] int Take = 50,
    Guid? ConnectionId = null, Guid? SpreadsheetKey = null, DateTime? From = null, DateTime? To = null)
    : IQuery<IReadOnlyList<RunRow>>;

public sealed class ListRunsHandler(ReadModels readModels, CurrentRequester current)
    : IRequestHandler<ListRuns, IReadOnlyList<RunRow>>
{
    public async Task<IReadOnlyList<RunRow>> Handle(ListRuns query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var visible = db.Visible<RunRow>(current.Requester);
        var last = query.Before is { } before
            ? await visible.FirstOrDefaultAsync(r => r.RunId == before, ct) ?? throw new NotFoundException()
            : null;
        if (query.ConnectionId is not { } connection)
            return await Newest(visible, query, last).ToListAsync(ct);

        // An organization may be read beside others, too: the newest of each such scope are found by the index, all of them are not.
        var found = new List<RunRow>();
        foreach (var scope in await db.With(connection).ToListAsync(ct))
            found.AddRange(await Newest(visible.Where(r => r.Scope == scope), query, last).ToListAsync(ct));
        return [.. found.OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.RunId).Take(query.Take)];
    }

    /// <param name="last">The last run of the page before; null = from the newest.</param>
    internal static IQueryable<RunRow> Newest(IQueryable<RunRow> runs, ListRuns query, RunRow? last)
    {
        if (query.ExporterId is { } exporterId) runs = runs.Where(r => r.ExporterId == exporterId);
        if (query.SpreadsheetKey is { } spreadsheetKey) runs = runs.Where(r => r.SpreadsheetKey == spreadsheetKey);
        if (query.Status is { } status) runs = runs.Where(r => r.Status == status);
        if (query.From is { } from) runs = runs.Where(r => r.QueuedAt >= from);
        if (query.To is { } to) runs = runs.Where(r => r.QueuedAt < to);
        // Several may have been started at one moment; the order of ids decides among them.
        if (last is { QueuedAt: var at, RunId: var id })
            runs = runs.Where(r => r.QueuedAt <= at && (r.QueuedAt < at || r.RunId.CompareTo(id) < 0));
        return runs.OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.RunId).Take(query.Take);
    }
}

/// <exception cref="NotFoundException">Not there, or not for the requester.</exception>
[Asks(Permission.View)]
public sealed record GetRun(Guid RunId) : IQuery<RunRow>, IConcernsRun;

public sealed class GetRunHandler(ReadModels readModels) : IRequestHandler<GetRun, RunRow>
{
    public async Task<RunRow> Handle(GetRun query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        return await db.Set<RunRow>().AsNoTracking().FirstOrDefaultAsync(r => r.RunId == query.RunId, ct)
            ?? throw new NotFoundException();
    }
}

/// <summary>The first rows of a run's snapshot, in the words of a sheet.</summary>
[Asks(Permission.View)]
public sealed record PreviewRun(Guid RunId, [property: Range(1, 200)] int Rows = 20) : IQuery<RunPreview>, IConcernsRun;

/// <param name="Columns">As the exporter headed them then. Null = the rows are not kept, or were never made, or can't be told now.</param>
/// <param name="IsAway">The mirror is away, and with it the rows if they are kept.</param>
public sealed record RunPreview(
    IReadOnlyList<SheetHeading>? Columns, IReadOnlyList<CellValue[]> Rows, bool IsAway = false);

public sealed class PreviewRunHandler(ReadModels readModels, IMirror mirror, Streams streams)
    : IRequestHandler<PreviewRun, RunPreview>
{
    public async Task<RunPreview> Handle(PreviewRun query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var run = await db.Set<RunRow>().AsNoTracking().FirstOrDefaultAsync(r => r.RunId == query.RunId, ct);
        if (run?.ReadSnapshot() is not { } snapshot) return new(null, []);
        try
        {
            return mirror.Has(snapshot)
                ? new RunPreview(await Headings(snapshot, query.RunId, ct), await Rows(snapshot, run.ConnectionIds(), query.Rows, ct))
                : new(null, []);
        }
        catch (FolderGoneException)
        {
            return new(null, [], IsAway: true);
        }
    }

    private async Task<IReadOnlyList<SheetHeading>> Headings(Snapshot snapshot, Guid runId, CancellationToken ct)
    {
        var chosen = Run.StartOf(await streams.Read(Run.StreamOf(runId), Run.Decider, ct))?.Configuration.Columns ?? [];
        var dataset = DatasetCatalogue.Find(snapshot.Dataset);
        return
        [
            .. snapshot.Columns.Select(column => new SheetHeading(
                chosen.FirstOrDefault(c => c.Key == column.Key)?.Heading ?? dataset.HeadingOf(column.Key), column.Type)),
        ];
    }

    private async Task<List<CellValue[]>> Rows(
        Snapshot snapshot, IReadOnlyList<Guid> connections, int most, CancellationToken ct)
    {
        var wording = DatasetCatalogue.Find(snapshot.Dataset) is { } dataset
            ? await RowWording.Of(streams, dataset, snapshot, connections, ct)
            : null;
        var rows = new List<CellValue[]>();
        await foreach (var row in mirror.ReadRows(snapshot, ct))
        {
            CellValue[] kept = [.. row];
            rows.Add(wording?.Of(kept) ?? kept);
            if (rows.Count == most) break;
        }

        return rows;
    }
}
