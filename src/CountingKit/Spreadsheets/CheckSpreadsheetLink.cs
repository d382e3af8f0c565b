using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>Asks Google whether an account may write to the spreadsheet behind a link. Connects nothing.</summary>
[Asks(Permission.Connect)]
public sealed record CheckSpreadsheetLink(
    Guid AccountId, [property: Required(ErrorMessage = "Paste the spreadsheet's link."), MaxLength(500)] string Link)
    : IQuery<LinkAccess>, IConcernsGoogleAccount;

/// <param name="Title">Null = it could not be opened.</param>
/// <param name="Code">Null = it can be written to.</param>
/// <param name="Message">What stands in the way; null = nothing.</param>
public sealed record LinkAccess(string? Title, string? Code, string? Message);

internal sealed class CheckSpreadsheetLinkHandler(ISpreadsheets spreadsheets)
    : IRequestHandler<CheckSpreadsheetLink, LinkAccess>
{
    public async Task<LinkAccess> Handle(CheckSpreadsheetLink query, CancellationToken ct)
    {
        if (LinkSpreadsheet.SpreadsheetIdIn(query.Link) is not { } id) return Told(null, SpreadsheetCodes.NotALink);
        try
        {
            var found = await spreadsheets.Inspect(query.AccountId, id, ct);
            return found.CanEdit == false
                ? Told(found.Title, SpreadsheetCodes.ViewOnly)
                : new(found.Title, null, null);
        }
        catch (SpreadsheetException said)
        {
            return new(null, said.Code, said.Message);
        }
    }

    private static LinkAccess Told(string? title, ErrorCode code) => new(title, code.Code, $"{code.Title}. {code.Advice}");
}
