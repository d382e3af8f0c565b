using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using MediatR;

namespace CountingKit.Runs;

/// <summary>Writes a past run's snapshot to a tab again, exactly as it was. Xero is not asked.</summary>
/// <param name="Tab">A tab beside the exporter's own; null or empty only with <paramref name="Overwrite"/>.</param>
/// <param name="Overwrite">The person has seen what the exporter's own tab holds, and wants it replaced.</param>
/// <param name="LookedAt">
/// The exporter's last run, a replay of the same that a guard stopped: the person has looked, and wants it written anyway,
/// to the tab that it was for. Null = none.
/// </param>
[Asks(Permission.Run)]
public sealed record ReplayExport(
    Guid CommandId, Guid RunId, [property: MaxLength(ConfigurationRules.LongestTabTitle)] string? Tab,
    bool Overwrite = false, Guid? LookedAt = null)
    : ICommand<RunRequested>, IConcernsRun;

internal sealed class ReplayExportHandler(Streams streams, CurrentRequester requester, CurrentCommand current, RunRequests requests)
    : IRequestHandler<ReplayExport, RunRequested>
{
    public async Task<RunRequested> Handle(ReplayExport command, CancellationToken ct)
    {
        if (await streams.Read(Run.StreamOf(command.RunId), Run.Decider, ct) is not Run.State.Ended
            { Snapshot: not null, Started: var past, DataAt: var dataAt })
            throw new RefusedException(RunCodes.NothingToReplay);

        var spreadsheet = Spreadsheet.Require(await streams.Read(
            Spreadsheet.StreamOf(past.Configuration.SpreadsheetKey), Spreadsheet.Decider, ct));
        var stopped = await requests.Stopped(command.LookedAt, past.ExporterId, command.RunId, ct);
        var tab = stopped is { } looked ? looked.Started.ReplayTab : command.Overwrite ? null : OtherTab(command.Tab, past);
        // Its own tab is the exporter's, which may read others by now than this run did.
        if (tab is null)
            (await streams.Read(Exporter.StreamOf(past.ExporterId), Exporter.Decider, ct)).For(requester.Requester);
        if (tab is null && await new RunStanding(streams).WhyNotOwnTab(past, ct) is { } why)
            throw new RefusedException(RunCodes.NotOwnTab, $"{RunCodes.NotOwnTab.Title}: {why} {RunCodes.NotOwnTab.Advice}");

        var wish = new RunQueued(
            past.ExporterId, RunRequests.IdOf(current.Context.CommandId, past.ExporterId), past.ConfigurationVersion,
            past.Configuration, past.SpreadsheetId, spreadsheet.AccountId, RunTrigger.Replay, ReplayOf: command.RunId,
            ReplayTab: tab, DataAt: dataAt ?? past.QueuedAt, LookedAt: stopped?.LookedAt);
        return await requests.Send(wish, ct);
    }

    private static string OtherTab(string? typed, RunStarted past)
    {
        var tab = typed?.Trim() ?? "";
        if (tab.Length == 0 || string.Equals(tab, past.Configuration.TabTitle, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(RunCodes.NoReplayTab);
        ConfigurationRules.CheckTab(tab);
        return tab;
    }
}
