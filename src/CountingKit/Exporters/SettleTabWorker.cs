using CountingKit.EventSourcing;

namespace CountingKit.Exporters;

internal sealed record SettleTabWork(string SpreadsheetId, string TabTitle, Guid ExporterId);

/// <summary>
/// Some time after a tab was taken for a change of an exporter: where the change never came, since its process died or the
/// log was away, the tab is given back.
/// </summary>
internal sealed class SettleTabWorker(Streams streams, CurrentCommand command) : IWorker
{
    public const string WorkKind = "settle-tab";

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var (spreadsheetId, tabTitle, exporterId) = item.Read<SettleTabWork>();
        var exporter = await streams.Read(Exporter.StreamOf(exporterId), Exporter.Decider, ct);
        if (exporter is Exporter.State.Ready ready && ready.Writes(spreadsheetId, tabTitle)) return new WorkResult.Done();

        command.Context = item.Context("settle", (exporter as Exporter.State.Ready)?.Configuration.ConnectionIds ?? []);
        await streams.Transact(
            SpreadsheetTabs.StreamOf(spreadsheetId), SpreadsheetTabs.Decider,
            state => SpreadsheetTabs.Release(state, spreadsheetId, tabTitle, exporterId), ct);
        return new WorkResult.Done();
    }
}
