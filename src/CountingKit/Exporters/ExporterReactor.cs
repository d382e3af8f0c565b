using CountingKit.EventSourcing;

namespace CountingKit.Exporters;

/// <summary>Opens an exporter once its tab is claimed, and gives tabs back that it no longer writes.</summary>
public sealed class ExporterReactor(Streams streams) : IReactor
{
    public string Name => "exporters";

    public async Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case TabClaimed e:
                await reaction.Transact(
                    Exporter.StreamOf(e.ExporterId), Exporter.Decider,
                    state => Exporter.Open(state, e.ExporterId, e.Configuration, e.SpreadsheetId), ct);
                break;
            case ExporterChanged e when await Before(e.ExporterId, recorded.Stored.Revision, ct) is { } before
                && !SameTab(before, e) && !await WritesNow(e.ExporterId, before, ct):
                await Release(before, e.ExporterId, reaction, ct);
                break;
            case ExporterDeleted e when await Before(e.ExporterId, recorded.Stored.Revision, ct) is { } before:
                await Release(before, e.ExporterId, reaction, ct);
                break;
        }
    }

    private async Task<Exporter.State.Ready?> Before(Guid exporterId, ulong revision, CancellationToken ct) =>
        await streams.ReadBefore(Exporter.StreamOf(exporterId), Exporter.Decider, revision, ct) as Exporter.State.Ready;

    /// <summary>It may have been changed back before anybody reacted to its change.</summary>
    private async Task<bool> WritesNow(Guid exporterId, Exporter.State.Ready before, CancellationToken ct) =>
        await streams.Read(Exporter.StreamOf(exporterId), Exporter.Decider, ct) is Exporter.State.Ready now
        && now.SpreadsheetId == before.SpreadsheetId
        && string.Equals(now.Configuration.TabTitle, before.Configuration.TabTitle, StringComparison.OrdinalIgnoreCase);

    private static bool SameTab(Exporter.State.Ready before, ExporterChanged now) =>
        before.SpreadsheetId == now.SpreadsheetId
        && string.Equals(before.Configuration.TabTitle, now.Configuration.TabTitle, StringComparison.OrdinalIgnoreCase);

    private static Task Release(
        Exporter.State.Ready before, Guid exporterId, Reaction reaction, CancellationToken ct) => reaction.Transact(
        SpreadsheetTabs.StreamOf(before.SpreadsheetId), SpreadsheetTabs.Decider,
        state => SpreadsheetTabs.Release(state, before.SpreadsheetId, before.Configuration.TabTitle, exporterId), ct);
}
