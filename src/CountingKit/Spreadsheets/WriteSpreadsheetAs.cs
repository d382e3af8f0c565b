using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>
/// From now on another account writes to a spreadsheet, such as after its account was disconnected. Exporters, their tabs and
/// their history stay.
/// </summary>
[Asks(Permission.Connect)]
public sealed record WriteSpreadsheetAs(Guid CommandId, Guid SpreadsheetKey, Guid AccountId)
    : ICommand<Appended>, IConcernsSpreadsheet, IConcernsGoogleAccount;

internal sealed class WriteSpreadsheetAsHandler(ISpreadsheets spreadsheets, Streams streams)
    : IRequestHandler<WriteSpreadsheetAs, Appended>
{
    public async Task<Appended> Handle(WriteSpreadsheetAs command, CancellationToken ct)
    {
        var stream = Spreadsheet.StreamOf(command.SpreadsheetKey);
        var known = await streams.Transact(stream, Spreadsheet.Decider, _ => [], ct);
        // A repeat: whatever has become of the account or of Google since, that is the answer.
        if (known.Events.Count > 0) return known.Appended;

        var before = Spreadsheet.Require(known.State);
        GoogleAccount.Require(await streams.Read(GoogleAccount.StreamOf(command.AccountId), GoogleAccount.Decider, ct));
        Refusals.Unless(await Refusals.Of(() => spreadsheets.Inspect(command.AccountId, before.SpreadsheetId, ct)));
        return (await streams.Transact(
            stream, Spreadsheet.Decider,
            state => Spreadsheet.WriteAs(state, command.SpreadsheetKey, command.AccountId, before.AccountId), ct)).Appended;
    }
}
