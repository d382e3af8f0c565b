using System.Security.Cryptography;
using System.Text;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;

namespace CountingKit.Runs;

/// <summary>What a run asks of its sheet.</summary>
internal sealed class RunSheet(IMirror mirror)
{
    public static TabReference Tab(RunContext run)
    {
        var started = run.Started;
        return started.ReplayTab is { } elsewhere
            ? new(
                run.AccountId, started.SpreadsheetId, DerivedId.From(started.ExporterId, "replay", elsewhere),
                started.GoesToANewTab() ? run.State.Write?.SheetId : null)
            : new(run.AccountId, started.SpreadsheetId, started.ExporterId,
                // A new tab that an earlier attempt has made is found before the one that it stands beside.
                started.GoesToANewTab() && run.State.Write is { } write ? write.SheetId
                : started.Last?.SpreadsheetId == started.SpreadsheetId ? started.Last.SheetId
                : null);
    }

    public WriteRequest Request(RunContext run, Snapshot snapshot, RowWording wording)
    {
        var started = run.Started;
        var headings = started.Configuration.Columns.ToDictionary(c => c.Key, c => c.Heading);
        var dataset = DatasetCatalogue.Find(snapshot.Dataset)!;
        return new WriteRequest(
            Tab(run),
            started.ReplayTab ?? started.Configuration.TabTitle,
            snapshot.Dataset,
            run.RunId,
            run.State.DataAt ?? started.QueuedAt,
            [.. snapshot.Columns.Select(c => new SheetColumn(
                c.Key, headings.GetValueOrDefault(c.Key) ?? dataset.HeadingOf(c.Key), c.Type))],
            snapshot.Rows,
            snapshot.Hash,
            token => wording.Of(mirror.ReadRows(snapshot, token), token),
            string.Join(", ", run.State.Sources?.Sources.DistinctBy(s => s.ConnectionId).Select(s => s.OrganizationName) ?? []),
            dataset.KeysArePlaces ? null : dataset.KeyColumn,
            dataset.NameColumn,
            started.MayBeWrittenAnyway(RunCodes.ValuesMove, snapshot),
            started.GoesToANewTab())
        {
            Gathered = (rows, token) => run.Progress.Send(new(rows, snapshot.Rows), token),
        };
    }

    public static string Layout(ExporterConfiguration configuration, RowWording wording) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', configuration.Columns.Select(c => $"{c.Key}={c.Heading}")) + wording.Name)));
}
