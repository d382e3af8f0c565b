using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>No longer offers a spreadsheet to exporters. The spreadsheet itself is untouched.</summary>
[Asks(Permission.Connect)]
public sealed record RemoveSpreadsheet(Guid CommandId, Guid SpreadsheetKey) : ICommand<Appended>, IConcernsSpreadsheet;

public sealed class RemoveSpreadsheetHandler(Streams streams) : IRequestHandler<RemoveSpreadsheet, Appended>
{
    public async Task<Appended> Handle(RemoveSpreadsheet command, CancellationToken ct) => (await streams.Transact(
        Spreadsheet.StreamOf(command.SpreadsheetKey), Spreadsheet.Decider,
        state => Spreadsheet.Remove(state, command.SpreadsheetKey), ct)).Appended;
}
