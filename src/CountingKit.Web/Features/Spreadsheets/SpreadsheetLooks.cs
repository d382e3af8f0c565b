using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Features.Spreadsheets;

/// <summary>How Google accounts and spreadsheets look.</summary>
internal static class SpreadsheetLooks
{
    private static readonly Badge Connected = new(Tone.Good, "circle-check", "Connected", "Google accepts the sign-in.");

    private static readonly Badge Expired = new(
        Tone.Stopped, "circle-x", "Expired", "Google no longer accepts the sign-in: nothing can be written until it is reconnected.");

    /// <param name="state">Null = the vault holds no sign-in of it.</param>
    public static Badge BadgeOf(GoogleAccountRow account, GoogleAccountState? state) =>
        account.IsExpired || state is null or { DiedAt: not null } ? Expired : Connected;

    public static Badge BadgeOf(SpreadsheetRow spreadsheet) => spreadsheet switch
    {
        { TestedAt: null } => new(Tone.Neutral, "circle", "Not tested", "Its access was not tested since it was connected."),
        { TestCode: var code } when code == SpreadsheetCodes.InTrash.Code => new(Tone.Attention, "trash", "In the trash",
            "It was written to, but somebody put it into the trash of Google Drive. Restore it there."),
        { TestCode: null } => new(Tone.Good, "circle-check", "Writable", "At the last test it could be written to."),
        _ => new(Tone.Stopped, "circle-x", "No access", "At the last test it could not be written to."),
    };

    public static string Words(this AccountKind kind) =>
        kind == AccountKind.Person ? "Google account" : "Service account";
}
