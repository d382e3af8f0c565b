using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using MediatR;

namespace CountingKit.Runs;

/// <summary>Writes a past run's snapshot to a tab again, exactly as it was. Xero is not asked.</summary>
/// <param name="Tab">A tab of its own; null = the exporter's own tab.</param>
[Asks(Permission.Run)]
public sealed record ReplayExport(
    Guid CommandId, Guid RunId, [property: MaxLength(ConfigurationRules.LongestTabTitle)] string? Tab)
    : ICommand<RunRequested>, IConcernsRun;

public sealed class ReplayExportHandler(Streams streams, CurrentCommand current, TimeProvider time)
    : IRequestHandler<ReplayExport, RunRequested>
{
    public async Task<RunRequested> Handle(ReplayExport command, CancellationToken ct)
    {
        if (await streams.Read(Run.StreamOf(command.RunId), Run.Decider, ct) is not Run.State.Ended
            { Snapshot: not null, Started: var past })
            throw new RefusedException("CK-RUN-09", "This run has no rows to write again: it ended before they were made.");

        var spreadsheet = Spreadsheet.Require(await streams.Read(
            Spreadsheet.StreamOf(past.Configuration.SpreadsheetKey), Spreadsheet.Decider, ct));
        var tab = string.IsNullOrWhiteSpace(command.Tab) ? null : command.Tab.Trim();
        if (tab is not null) ConfigurationRules.CheckTab(tab);
        var wish = new RunQueued(
            past.ExporterId, DerivedId.From(current.Context.CommandId, "run"), past.ConfigurationVersion, past.Configuration,
            past.SpreadsheetId, spreadsheet.AccountId, RunTrigger.Replay, ReplayOf: command.RunId, ReplayTab: tab);
        return await RunRequests.Send(streams, wish, current.Context.CommandId, time, ct);
    }
}
