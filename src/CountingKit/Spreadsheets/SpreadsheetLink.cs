using System.Text.RegularExpressions;
using CountingKit.EventSourcing;

namespace CountingKit.Spreadsheets;

/// <summary>Links to Google spreadsheets as people have them: from the address bar, a phone, a mail, with blanks around.</summary>
public static partial class SpreadsheetLink
{
    private static readonly (string Part, string What)[] Others =
    [
        ("/spreadsheets/d/e/", "a published page; the spreadsheet's own link is needed"),
        ("/folders/", "a folder in Google Drive"),
        ("/document/", "a Google Doc"),
        ("/presentation/", "a Google presentation"),
        ("/forms/", "a Google Form"),
        ("/drawings/", "a Google drawing"),
        ("/file/", "an uploaded file, perhaps an Excel workbook: open it, choose File, Save as Google Sheets, and take that one's link"),
    ];

    /// <returns>Google's id of the spreadsheet; null = there is none in it.</returns>
    public static string? IdIn(string link)
    {
        var plain = Plain(link);
        if (BareId().IsMatch(plain)) return plain;
        var match = InPath().Match(plain);
        if (!match.Success && OtherThan(plain) is null) match = InOpen().Match(plain);
        return match.Success ? match.Groups[1].Value : null;
    }

    /// <exception cref="RefusedException">CK-SPREADSHEET-03, naming what the link leads to where that can be told.</exception>
    public static string Require(string link) => IdIn(link) ?? throw new RefusedException(
        SpreadsheetCodes.NotALink, Refusal(link));

    /// <summary>Why a link is not a spreadsheet's.</summary>
    public static string Refusal(string link) => OtherThan(Plain(link)) is { } what
        ? $"This is the link of {what}. {SpreadsheetCodes.NotALink.Advice}"
        : $"{SpreadsheetCodes.NotALink.Title}. {SpreadsheetCodes.NotALink.Advice}";

    /// <summary>A link within a link, as mails have them, is percent-encoded.</summary>
    private static string Plain(string link) => Uri.UnescapeDataString(link).Trim();

    private static string? OtherThan(string link) => Others
        .FirstOrDefault(other => link.Contains(other.Part, StringComparison.OrdinalIgnoreCase)).What;

    [GeneratedRegex("/spreadsheets/(?:u/[0-9]+/)?d/([A-Za-z0-9_-]{20,})", RegexOptions.IgnoreCase)]
    private static partial Regex InPath();

    [GeneratedRegex("/open[?](?:[^#]*&)?id=([A-Za-z0-9_-]{20,})", RegexOptions.IgnoreCase)]
    private static partial Regex InOpen();

    [GeneratedRegex("^[A-Za-z0-9_-]{20,}$")]
    private static partial Regex BareId();
}
