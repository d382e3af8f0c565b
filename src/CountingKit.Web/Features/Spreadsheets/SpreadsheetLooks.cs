using System.Globalization;
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
    public static Badge BadgeOf(GoogleAccountRow account, GoogleAccountState? state) => state switch
    {
        null or { DiedAt: not null } => Expired,
        _ when account.IsExpired => Expired,
        { EndsAt: { } end } => new(Tone.Attention, "hourglass", "Ends soon", Ending(end)),
        _ => Connected,
    };

    /// <summary>What a person must do about the account's sign-in, and under which code it is explained; null = nothing.</summary>
    public static (string Text, string Code)? TroubleOf(GoogleAccountRow account, GoogleAccountState? state) =>
        (BadgeOf(account, state).Tone, state) switch
        {
            (Tone.Stopped, { DeathCode: { } code }) => (Expired.Meaning, code),
            (Tone.Attention, { EndsAt: { } end }) => (Ending(end), GoogleSignInCodes.Testing.Code),
            _ => null,
        };

    /// <summary>With the day, so that nobody has to count.</summary>
    private static string Ending(DateTime end) =>
        "Google ends this sign-in on " + end.ToString("MMMM d, yyyy, HH:mm", CultureInfo.GetCultureInfo("en-US"))
        + $" UTC. {GoogleSignInCodes.Testing.Advice}";

    private static readonly Badge NoAccount = new(
        Tone.Stopped, "circle-x", "No account",
        "Its Google account was disconnected: nothing can be written until another account is chosen for it.");

    private static readonly Badge NoSignIn = new(
        Tone.Stopped, "circle-x", "Expired", "Google no longer accepts its account's sign-in: nothing can be written until that is reconnected.");

    /// <param name="account">Null = it was disconnected.</param>
    public static Badge BadgeOf(SpreadsheetRow spreadsheet, GoogleAccountRow? account) => spreadsheet switch
    {
        _ when account is null => NoAccount,
        _ when account.IsExpired => NoSignIn,
        { TestedAt: null } => new(Tone.Neutral, "circle", "Not tested", "Its access was not tested since it was connected."),
        { TestCode: var code } when code == SpreadsheetCodes.InTrash.Code => new(Tone.Attention, "trash", "In the trash",
            "Somebody put it into the trash of Google Drive. Restore it there: what is in the trash is deleted for good after 30 days."),
        { TestCode: null } => new(Tone.Good, "circle-check", "Writable", "At the last test it could be written to."),
        _ => new(Tone.Stopped, "circle-x", "No access", "At the last test it could not be written to."),
    };

    public static string Words(this AccountKind kind) =>
        kind == AccountKind.Person ? "Google account" : "Service account";
}
