using CountingKit.Datasets;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;

namespace CountingKit.Runs;

/// <summary>
/// The rows that the last run left in the tab, if they stand there untouched: those of them that stay are not sent again. Only a
/// run's first attempt asks: after it nobody knows what the tab holds.
/// </summary>
internal sealed class UntouchedRows(ISpreadsheets spreadsheets, IMirror mirror)
{
    /// <summary>Of so few all are sent: it takes fewer calls.</summary>
    private const int FewCells = 2_000;

    /// <summary>Rows that stay, in more pieces than this, are not worth telling apart.</summary>
    private const int MostRuns = 1_000;

    /// <param name="layout">Names what besides the rows decides the cells.</param>
    /// <param name="ask">What would be asked of the sheet for other rows.</param>
    /// <returns>Null = everything is sent.</returns>
    public async Task<FormerRows?> Of(
        RunContext run, Snapshot snapshot, string layout, Func<Snapshot, WriteRequest> ask, CancellationToken ct)
    {
        if (run.Started is not { ReplayTab: null, Last: { } last } started || started.GoesToANewTab()
            || run.State.Write is not null || !started.LaidOut(layout, last) || !mirror.Has(last.Snapshot)
            || Math.Min(snapshot.Rows, last.Snapshot.Rows) * snapshot.Columns.Count < FewCells
            || !last.Snapshot.Columns.SequenceEqual(snapshot.Columns))
            return null;
        var dataset = DatasetCatalogue.Find(snapshot.Dataset)!;
        if (await mirror.KeptRows(last.Snapshot, snapshot, dataset.KeyColumn, MostRuns, ct) is not { } kept) return null;

        var file = await spreadsheets.StateOfFile(run.AccountId, last.SpreadsheetId, ct);
        if (file.Version is null || file.Version != last.FileVersion)
        {
            var standing = ask(last.Snapshot) with { RunId = last.RunId };
            if (!await spreadsheets.StillHolds(standing, ct)) return null;
        }

        return new(last.RunId, last.Snapshot.Hash, last.Snapshot.Rows, RowRun.Rising(kept));
    }
}
