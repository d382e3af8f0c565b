using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.History;

/// <summary>Two runs of one exporter, by the moments of their data.</summary>
public sealed record RunPair(PastRun Before, PastRun After)
{
    /// <summary>Columns that both have, in the order of the later one, with their places in either.</summary>
    public IReadOnlyList<CommonColumn> Common { get; } =
    [
        .. After.Columns.Select((column, place) => new CommonColumn(column, PlaceIn(Before, column), place))
            .Where(column => column.BeforePlace >= 0),
    ];

    /// <summary>Columns that only the later one has.</summary>
    public IReadOnlyList<PastColumn> Added => [.. After.Columns.Where(column => PlaceIn(Before, column) < 0)];

    /// <summary>Columns that only the earlier one has.</summary>
    public IReadOnlyList<PastColumn> Gone => [.. Before.Columns.Where(column => PlaceIn(After, column) < 0)];

    /// <summary>Why their rows can't be compared one by one, as a sentence; null = they can.</summary>
    public string? WhyNot => (Before.Kept, After.Kept) switch
    {
        (RowsKept.Away, _) or (_, RowsKept.Away) => "The rows can't be read right now.",
        (RowsKept.NeverMade, _) => "The earlier run made no rows.",
        (_, RowsKept.NeverMade) => "The later run made no rows.",
        (RowsKept.Gone, _) => "The rows of the earlier run are no longer kept; its counts and its hash remain on its page.",
        (_, RowsKept.Gone) => "The rows of the later run are no longer kept; its counts and its hash remain on its page.",
        _ when Before.Snapshot!.Dataset != After.Snapshot!.Dataset => "The two runs exported different data.",
        _ when Dataset is null => "This version of CountingKit does not know the data of these runs.",
        _ when Common.All(common => common.Column.Key != Key) =>
            $"Rows are matched by the column {Dataset.HeadingOf(Key)}, and it is not in both runs.",
        _ => null,
    };

    internal Dataset? Dataset => After.Snapshot is { } snapshot ? DatasetCatalogue.Find(snapshot.Dataset) : null;

    /// <summary>The column by which rows belong together.</summary>
    internal string Key => Dataset?.KeyColumn ?? "";

    /// <summary>The change in the words of a sheet.</summary>
    internal RowDifference Worded(RowDifference change) => new(Before.Worded(change.Before), After.Worded(change.After));

    private static int PlaceIn(PastRun run, PastColumn column) => run.Columns.ToList().FindIndex(
        other => other.Key == column.Key && ContentHash.KindOf(other.Type) == ContentHash.KindOf(column.Type));
}

/// <param name="Column">As the later run has it.</param>
public sealed record CommonColumn(PastColumn Column, int BeforePlace, int AfterPlace)
{
    /// <summary>The row changed, and in this column.</summary>
    public bool IsChangedIn(RowDifference change) =>
        change is { Before: { } before, After: { } after } && before[BeforePlace] != after[AfterPlace];
}

/// <summary>Finds what runs are compared with, among those that the requester may see.</summary>
internal sealed class RunPairs(ReadModels readModels, CurrentRequester current, PastRuns runs)
{
    public async Task<PastRun> Run(Guid runId, CancellationToken ct)
    {
        await using var db = readModels.Open();
        return await runs.Of(await Find(db, runId, ct), ct);
    }

    /// <param name="with">Null = the run before.</param>
    /// <returns>Null = there is none before it.</returns>
    /// <exception cref="RefusedException">They are of different exporters.</exception>
    public async Task<RunPair?> Of(PastRun run, Guid? with, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var other = with is { } id ? await Find(db, id, ct) : await Before(db, run, ct);
        if (other is null) return null;
        if (other.ExporterId != run.Run.ExporterId) throw new RefusedException(HistoryCodes.OtherExporter);
        var past = await runs.Of(other, ct);
        return Later(run, past) ? new(past, run) : new(run, past);
    }

    /// <summary>The exporter's runs that made rows, newest first.</summary>
    public async Task<IReadOnlyList<RunRow>> Others(RunRow run, int most, CancellationToken ct)
    {
        await using var db = readModels.Open();
        return await WithRows(db, run)
            .OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.RunId).Take(most).ToListAsync(ct);
    }

    /// <summary>What the exporter's tab held when the run began: its own counts are of that. Else the newest before it.</summary>
    private async Task<RunRow?> Before(ReadDb db, PastRun run, CancellationToken ct)
    {
        var (earlier, queuedAt) = (WithRows(db, run.Run), run.Run.QueuedAt);
        if (run.Last is { } last && await earlier.FirstOrDefaultAsync(r => r.RunId == last, ct) is { } told) return told;
        return await earlier.Where(r => r.QueuedAt < queuedAt)
            .OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.RunId).FirstOrDefaultAsync(ct);
    }

    private IQueryable<RunRow> WithRows(ReadDb db, RunRow run)
    {
        var (exporterId, runId) = (run.ExporterId, run.RunId);
        return db.Visible<RunRow>(current.Requester)
            .Where(r => r.ExporterId == exporterId && r.Snapshot != null && r.RunId != runId);
    }

    private async Task<RunRow> Find(ReadDb db, Guid runId, CancellationToken ct) =>
        await db.Visible<RunRow>(current.Requester).FirstOrDefaultAsync(r => r.RunId == runId, ct)
        ?? throw new NotFoundException();

    private static bool Later(PastRun one, PastRun other) =>
        (one.DataAt, one.Run.QueuedAt).CompareTo((other.DataAt, other.Run.QueuedAt)) >= 0;
}
