using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>
/// From now on another account writes to a spreadsheet, such as after the one before was disconnected. Exporters, their tabs
/// and their history stay.
/// </summary>
[Asks(Permission.Connect)]
public sealed record WriteSpreadsheetAs(Guid CommandId, Guid SpreadsheetKey, Guid AccountId)
    : ICommand<Appended>, IConcernsSpreadsheet, IConcernsGoogleAccount;

internal sealed class WriteSpreadsheetAsHandler(ISpreadsheets spreadsheets, Streams streams)
    : IRequestHandler<WriteSpreadsheetAs, Appended>
{
    public async Task<Appended> Handle(WriteSpreadsheetAs command, CancellationToken ct)
    {
        GoogleAccount.Require(await streams.Read(GoogleAccount.StreamOf(command.AccountId), GoogleAccount.Decider, ct));
        var stream = Spreadsheet.StreamOf(command.SpreadsheetKey);
        var known = Spreadsheet.Require(await streams.Read(stream, Spreadsheet.Decider, ct));
        var found = await Refusals.Of(() => spreadsheets.Inspect(command.AccountId, known.SpreadsheetId, ct));
        Refusals.Unless(found);
        return (await streams.Transact(
            stream, Spreadsheet.Decider,
            state => Spreadsheet.WriteAs(state, command.SpreadsheetKey, command.AccountId, found), ct)).Appended;
    }
}
