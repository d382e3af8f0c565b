using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;

namespace CountingKit.History;

/// <summary>What became of a run's rows.</summary>
public enum RowsKept
{
    Kept,

    /// <summary>It ended before it made any, or has not made them yet.</summary>
    NeverMade,

    /// <summary>Thinned or erased: its counts and its hash remain.</summary>
    Gone,

    /// <summary>The folder that holds them is away.</summary>
    Away,
}

/// <summary>A run, and its rows as its sheet shows them.</summary>
/// <param name="Columns">One a cell, in the order of the rows; empty = no rows were made.</param>
/// <param name="DataAt">UTC: the rows are the data of this moment.</param>
public sealed record PastRun(RunRow Run, IReadOnlyList<PastColumn> Columns, RowsKept Kept, DateTime DataAt)
{
    /// <summary>Null = no rows were made.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>The run that wrote the exporter's tab before it; null = it was the first, or nobody knows.</summary>
    public Guid? Last { get; init; }

    /// <summary>Of a version that does not know the data any more there is none.</summary>
    internal RowWording? Wording { get; init; }

    /// <summary>A row in the words of a sheet.</summary>
    internal CellValue[]? Worded(CellValue[]? row) => row is null || Wording is null ? row : Wording.Of([.. row]);

    /// <exception cref="RefusedException">They are not there to be read.</exception>
    internal Snapshot RequireRows() => Kept switch
    {
        RowsKept.Kept => Snapshot!,
        RowsKept.NeverMade => throw new RefusedException(HistoryCodes.NoRows),
        RowsKept.Away => throw new RefusedException(HistoryCodes.RowsAway),
        _ => throw new RefusedException(RunCodes.RowsGone),
    };
}

/// <param name="Heading">As the sheet had it; of a column that is not known any more, its key.</param>
public sealed record PastColumn(string Key, string Heading, ColumnType Type);

/// <summary>Knows how a run's rows read: from what the run recorded, and what is said of its data today.</summary>
internal sealed class PastRuns(Streams streams, IMirror mirror)
{
    public async Task<PastRun> Of(RunRow run, CancellationToken ct)
    {
        var state = await streams.Read(Run.StreamOf(run.RunId), Run.Decider, ct);
        var dataAt = state switch
        {
            Run.State.Active active => active.DataAt,
            Run.State.Ended ended => ended.DataAt,
            _ => null,
        };
        var started = Run.StartOf(state);
        var past = new PastRun(run, [], RowsKept.NeverMade, dataAt?.UtcDateTime ?? run.DataAt ?? run.QueuedAt)
        {
            Last = started?.Last?.RunId,
        };
        if (run.ReadSnapshot() is not { } snapshot) return past;

        var dataset = DatasetCatalogue.Find(snapshot.Dataset);
        var headings = started?.Configuration.Columns.Where(column => column.Heading is not null)
            .ToDictionary(column => column.Key, column => column.Heading!) ?? [];
        return past with
        {
            Columns =
            [
                .. snapshot.Columns.Select(column => new PastColumn(
                    column.Key, headings.GetValueOrDefault(column.Key) ?? dataset.HeadingOf(column.Key), column.Type)),
            ],
            Kept = Look(snapshot),
            Snapshot = snapshot,
            Wording = dataset is null ? null : await RowWording.Of(streams, dataset, snapshot, run.ConnectionIds(), ct),
        };
    }

    private RowsKept Look(Snapshot snapshot)
    {
        try
        {
            return mirror.Has(snapshot) ? RowsKept.Kept : RowsKept.Gone;
        }
        catch (FolderGoneException)
        {
            return RowsKept.Away;
        }
    }
}
