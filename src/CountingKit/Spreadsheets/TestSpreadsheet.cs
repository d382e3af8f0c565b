using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>Asks Google whether we may write to a spreadsheet, and notes the answer: that Google is down is none.</summary>
[Asks(Permission.ManageExporters)]
public sealed record TestSpreadsheet(Guid CommandId, Guid SpreadsheetKey) : ICommand<SpreadsheetAccess>, IConcernsSpreadsheet;

/// <param name="Code">Null = it can be written to.</param>
/// <param name="Message">What stands in the way; null = nothing.</param>
public sealed record SpreadsheetAccess(string? Code, string? Message, Appended Appended);

public sealed class TestSpreadsheetHandler(ISpreadsheets spreadsheets, Streams streams)
    : IRequestHandler<TestSpreadsheet, SpreadsheetAccess>
{
    public async Task<SpreadsheetAccess> Handle(TestSpreadsheet command, CancellationToken ct)
    {
        var stream = Spreadsheet.StreamOf(command.SpreadsheetKey);
        var connected = Spreadsheet.Require(await streams.Read(stream, Spreadsheet.Decider, ct));
        var (title, code, message, isAnswer) = await Ask(connected, ct);
        var done = await streams.Transact(
            stream, Spreadsheet.Decider,
            state => isAnswer ? Spreadsheet.NoteTest(state, command.SpreadsheetKey, connected.AccountId, title, code) : [], ct);
        return new(code, message, done.Appended);
    }

    private async Task<(string? Title, string? Code, string? Message, bool IsAnswer)> Ask(Spreadsheet.State.Connected connected, CancellationToken ct)
    {
        try
        {
            var found = await spreadsheets.Inspect(connected.AccountId, connected.SpreadsheetId, ct);
            return found switch
            {
                { IsInTrash: true } => (found.Title, SpreadsheetCodes.InTrash.Code,
                    $"{SpreadsheetCodes.InTrash.Title}. {SpreadsheetCodes.InTrash.Advice}", true),
                { CanEdit: false } => (
                    found.Title, SpreadsheetCodes.ViewOnly.Code, "It is shared for viewing only. Share it as Editor.", true),
                _ => (found.Title, null, null, true),
            };
        }
        catch (SpreadsheetException said)
        {
            return (null, said.Code, said.Message, said.Problem != SpreadsheetProblem.Unavailable);
        }
    }
}
