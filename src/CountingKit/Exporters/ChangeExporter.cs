using System.ComponentModel.DataAnnotations;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using MediatR;

namespace CountingKit.Exporters;

/// <summary>Replaces an exporter's configuration from its next run on.</summary>
/// <param name="Version">The configuration's version that this one was made from; null = whichever it is now.</param>
[Asks(Permission.ManageExporters)]
public sealed record ChangeExporter(
    Guid CommandId, Guid ExporterId, [property: Required] ExporterConfiguration Configuration, int? Version = null)
    : ICommand<Appended>, IConcernsExporter, IConcernsConnections, IConcernsSpreadsheet
{
    public IReadOnlyList<Guid> ConnectionIds => Configuration.ConnectionIds;

    public Guid SpreadsheetKey => Configuration.SpreadsheetKey;
}

public sealed class ChangeExporterHandler(Streams streams, CurrentRequester current) : IRequestHandler<ChangeExporter, Appended>
{
    public async Task<Appended> Handle(ChangeExporter command, CancellationToken ct)
    {
        ConfigurationRules.Check(command.Configuration);
        await streams.RequireOpen(command.ConnectionIds, ct);
        var spreadsheet = Spreadsheet.Require(await streams.Read(
            Spreadsheet.StreamOf(command.SpreadsheetKey), Spreadsheet.Decider, ct));
        IReadOnlyList<IEvent> Decide(Exporter.State state) => Exporter.Change(
            state.For(current.Requester), command.ExporterId, command.Configuration, spreadsheet.SpreadsheetId, command.Version);

        // Decided once beforehand, with nothing appended: what is refused takes no tab. A repeat finds what it did.
        var before = await streams.Transact(
            Exporter.StreamOf(command.ExporterId), Exporter.Decider,
            state =>
            {
                _ = Decide(state);
                return [];
            },
            ct);
        if (before.Events.Count > 0) return before.Appended;

        // The new tab first: whoever loses it changes nothing. A reactor gives the old one back.
        await streams.Transact(
            SpreadsheetTabs.StreamOf(spreadsheet.SpreadsheetId), SpreadsheetTabs.Decider,
            state => SpreadsheetTabs.Take(
                state, spreadsheet.SpreadsheetId, command.Configuration.TabTitle, command.ExporterId), ct);
        var done = await streams.Transact(Exporter.StreamOf(command.ExporterId), Exporter.Decider, Decide, ct);
        return done.Appended;
    }
}
