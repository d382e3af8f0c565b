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
        if (SpreadsheetLink.IdIn(query.Link) is not { } id)
            return new(null, SpreadsheetCodes.NotALink.Code, SpreadsheetLink.Refusal(query.Link));
        try
        {
            var found = await spreadsheets.Inspect(query.AccountId, id, ct);
            return found switch
            {
                { IsInTrash: true } => Told(found.Title, SpreadsheetCodes.InTrash),
                { CanEdit: false } => Told(found.Title, SpreadsheetCodes.ViewOnly),
                _ => new(found.Title, null, null),
            };
        }
        catch (SpreadsheetException said)
        {
            return new(null, said.Code, said.Message);
        }
    }

    private static LinkAccess Told(string? title, ErrorCode code) => new(title, code.Code, $"{code.Title}. {code.Advice}");
}
