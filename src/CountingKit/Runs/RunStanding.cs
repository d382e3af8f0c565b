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

    /// <summary>Why a replay may not go to the exporter's own tab, as a sentence; null = it may.</summary>
    public async Task<string?> WhyNotOwnTab(RunStarted past, CancellationToken ct) => await WhyNot(past, ct) switch
    {
        null => null,
        var why when why == RunCodes.ExporterDeleted => "the exporter was deleted.",
        var why when why == RunCodes.ExporterPaused => "the exporter is paused.",
        _ => "the exporter writes to another tab now.",
    };

    private async Task RequireExporter(RunStarted started, CancellationToken ct)
    {
        if (await WhyNot(started, ct) is { } why) throw new RunStoppedException(why);
    }

    /// <summary>Null = the tab is the exporter's to write.</summary>
    private async Task<ErrorCode?> WhyNot(RunStarted started, CancellationToken ct)
    {
        switch (await streams.Read(Exporter.StreamOf(started.ExporterId), Exporter.Decider, ct))
        {
            case Exporter.State.Deleted:
                return RunCodes.ExporterDeleted;
            case Exporter.State.Ready { Paused: true }:
                return RunCodes.ExporterPaused;
            case Exporter.State.Ready:
                var tabs = await streams.Read(
                    SpreadsheetTabs.StreamOf(started.SpreadsheetId), SpreadsheetTabs.Decider, ct);
                return tabs.Tabs.GetValueOrDefault(started.Configuration.TabTitle) == started.ExporterId
                    ? null
                    : RunCodes.TabGone;
            default:
                return null;
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
