using CountingKit.EventSourcing;

namespace CountingKit.Exporters;

/// <summary>
/// Opens an exporter once its tab is claimed, gives tabs back that it no longer writes, and looks after those that were
/// taken for a change.
/// </summary>
public sealed class ExporterReactor(Streams streams, TimeProvider time) : IReactor
{
    /// <summary>Far longer than a change takes: what it took and has not used by then, it never will.</summary>
    private static readonly TimeSpan LongestChange = TimeSpan.FromMinutes(5);

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
            case TabTaken e:
                reaction.Queue(
                    SettleTabWorker.WorkKind, $"{recorded.Id:N}", new SettleTabWork(e.SpreadsheetId, e.TabTitle, e.ExporterId),
                    time.GetUtcNow() + LongestChange);
                break;
            case ExporterChanged e when await Before(e.ExporterId, recorded.Stored.Revision, ct) is { } before
                && !SameTab(before, e):
                await Move(before, e, reaction, ct);
                break;
            case ExporterDeleted e when await Before(e.ExporterId, recorded.Stored.Revision, ct) is { } before:
                await Release(before, e.ExporterId, reaction, ct);
                break;
        }
    }

    private async Task<Exporter.State.Ready?> Before(Guid exporterId, ulong revision, CancellationToken ct) =>
        await streams.ReadBefore(Exporter.StreamOf(exporterId), Exporter.Decider, revision, ct) as Exporter.State.Ready;

    private static bool SameTab(Exporter.State.Ready before, ExporterChanged now) =>
        before.Writes(now.SpreadsheetId, now.Configuration.TabTitle);

    /// <summary>
    /// The old tab is given back, and the new one kept: it was given back if the change took it long ago. The exporter may
    /// have been changed again, or back, before anybody reacted.
    /// </summary>
    private async Task Move(Exporter.State.Ready before, ExporterChanged e, Reaction reaction, CancellationToken ct)
    {
        var now = await streams.Read(Exporter.StreamOf(e.ExporterId), Exporter.Decider, ct) as Exporter.State.Ready;
        if (now?.Writes(e.SpreadsheetId, e.Configuration.TabTitle) == true)
            await reaction.Transact(
                SpreadsheetTabs.StreamOf(e.SpreadsheetId), SpreadsheetTabs.Decider,
                state => SpreadsheetTabs.Keep(state, e.SpreadsheetId, e.Configuration.TabTitle, e.ExporterId), ct, "keep");
        if (now?.Writes(before.SpreadsheetId, before.Configuration.TabTitle) != true)
            await Release(before, e.ExporterId, reaction, ct);
    }

    private static async Task Release(
        Exporter.State.Ready before, Guid exporterId, Reaction reaction, CancellationToken ct) => await reaction.Transact(
        SpreadsheetTabs.StreamOf(before.SpreadsheetId), SpreadsheetTabs.Decider,
        state => SpreadsheetTabs.Release(state, before.SpreadsheetId, before.Configuration.TabTitle, exporterId), ct);
}
