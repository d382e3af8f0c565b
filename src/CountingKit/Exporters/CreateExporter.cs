using System.ComponentModel.DataAnnotations;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using MediatR;

namespace CountingKit.Exporters;

/// <summary>Takes a tab for a new exporter; its id is the exporter's.</summary>
[Asks(Permission.ManageExporters)]
public sealed record CreateExporter(Guid CommandId, Guid ExporterId, [property: Required] ExporterConfiguration Configuration)
    : ICommand<Appended>, IConcernsConnections, IConcernsSpreadsheet, IBringsId
{
    public Guid BroughtId => ExporterId;

    public IReadOnlyList<Guid> ConnectionIds => Configuration.ConnectionIds;

    public Guid SpreadsheetKey => Configuration.SpreadsheetKey;
}

public sealed class CreateExporterHandler(Streams streams) : IRequestHandler<CreateExporter, Appended>
{
    public async Task<Appended> Handle(CreateExporter command, CancellationToken ct)
    {
        ConfigurationRules.Check(command.Configuration);
        await streams.RequireOpen(command.ConnectionIds, ct);
        var spreadsheet = Spreadsheet.Require(await streams.Read(
            Spreadsheet.StreamOf(command.SpreadsheetKey), Spreadsheet.Decider, ct));
        // The id comes with the form: whose exporter bears it already need not be the sender's.
        var isTaken = await streams.Read(Exporter.StreamOf(command.ExporterId), Exporter.Decider, ct) is not Exporter.State.Unknown;
        var done = await streams.Transact(
            SpreadsheetTabs.StreamOf(spreadsheet.SpreadsheetId), SpreadsheetTabs.Decider,
            state => isTaken
                ? throw new NotFoundException()
                : SpreadsheetTabs.Claim(state, spreadsheet.SpreadsheetId, command.ExporterId, command.Configuration), ct);
        return done.Appended;
    }
}
