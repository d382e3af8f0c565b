using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Spreadsheets;

namespace CountingKit.Runs;

/// <summary>
/// Whether a run may still write: while it was queued, read or waited for tomorrow, what it was queued for may have been
/// canceled, deleted, paused, disconnected or moved.
/// </summary>
internal sealed class RunStanding(Streams streams)
{
    /// <exception cref="RunStoppedException">It may not.</exception>
    public async Task Require(RunContext run, CancellationToken ct)
    {
        if (run.State.Cancel is { } cancel)
            throw new RunStoppedException(RunCodes.Stops.FirstOrDefault(stop => stop.Code == cancel.Code));

        var (started, configuration) = (run.Started, run.Started.Configuration);
        if (await streams.Read(Spreadsheet.StreamOf(configuration.SpreadsheetKey), Spreadsheet.Decider, ct)
            is Spreadsheet.State.Removed)
            throw new RunStoppedException(RunCodes.SpreadsheetRemoved);

        // A replay into a tab of its own is asked for by hand, and asks nothing of the exporter.
        if (started.ReplayTab is not null) return;
        await RequireExporter(started, ct);
        if (started.ReplayOf is null) await RequireConnections(configuration.ConnectionIds, ct);
    }

    private async Task RequireExporter(RunStarted started, CancellationToken ct)
    {
        switch (await streams.Read(Exporter.StreamOf(started.ExporterId), Exporter.Decider, ct))
        {
            case Exporter.State.Deleted:
                throw new RunStoppedException(RunCodes.ExporterDeleted);
            case Exporter.State.Ready { Paused: true }:
                throw new RunStoppedException(RunCodes.ExporterPaused);
            case Exporter.State.Ready:
                var tabs = await streams.Read(
                    SpreadsheetTabs.StreamOf(started.SpreadsheetId), SpreadsheetTabs.Decider, ct);
                if (tabs.Tabs.GetValueOrDefault(started.Configuration.TabTitle) != started.ExporterId)
                    throw new RunStoppedException(RunCodes.TabGone);
                break;
        }
    }

    private async Task RequireConnections(IReadOnlyList<Guid> connectionIds, CancellationToken ct)
    {
        if (await streams.WhyNotRead(connectionIds, ct) is { } why) throw new RunStoppedException(why);
    }
}

internal static class ReadableConnections
{
    /// <summary>Null = these organizations may be read, as far as a person decides it.</summary>
    public static async Task<ErrorCode?> WhyNotRead(
        this Streams streams, IReadOnlyList<Guid> connectionIds, CancellationToken ct)
    {
        foreach (var connectionId in connectionIds)
        {
            switch (await streams.Read(Connection.StreamOf(connectionId), Connection.Decider, ct))
            {
                case Connection.State.Disconnecting or Connection.State.Disconnected:
                    return RunCodes.OrganizationGone;
                case Connection.State.Open { IsPaused: true }:
                    return RunCodes.ConnectionPaused;
            }
        }

        return null;
    }
}
