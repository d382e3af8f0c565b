using System.Net.Http.Headers;
using CountingKit.Sandbox.Google.OAuth;
using CountingKit.Sandbox.Google.State;

namespace CountingKit.Sandbox.Google;

/// <summary>Who a request is from, and what of Drive they may see through the app that sends it.</summary>
internal sealed class Access(GoogleState state, TimeProvider clock)
{
    /// <exception cref="GoogleError">401: no bearer token, or one that is unknown, expired or revoked.</exception>
    public SignIn Caller(Incoming request)
    {
        if (request.Authorization is null) throw GoogleError.Unauthenticated(missing: true);
        if (!AuthenticationHeaderValue.TryParse(request.Authorization, out var header) || header.Scheme != "Bearer"
            || state.AccessTokens.Find(Secrets.KeyOf(header.Parameter ?? "")) is not { } token
            || token.ExpiresAt <= clock.GetUtcNow())
            throw GoogleError.Unauthenticated(missing: false);
        request.Note.Account = token.Email;
        return token;
    }

    /// <summary>The spreadsheet's file, for the Sheets API.</summary>
    /// <exception cref="GoogleError">404 where drive.file hides it, 403 where it is not shared so far.</exception>
    public DriveFile Spreadsheet(SignIn caller, string id, bool write)
    {
        var all = caller.HasAny(Scopes.Spreadsheets, Scopes.Drive)
            || !write && caller.HasAny(Scopes.SpreadsheetsReadonly, Scopes.DriveReadonly);
        if (!all && !caller.HasAny(Scopes.DriveFile)) throw GoogleError.ScopeInsufficient();
        if (state.Files.Find(id) is not { MimeType: DriveFile.Spreadsheet } file || !all && !Shown(caller, file))
            throw GoogleError.NotFound();
        if (file.RoleOf(caller.Email) is null || write && !file.MayEdit(caller.Email)) throw GoogleError.Forbidden();
        return file;
    }

    /// <summary>A file, for the Drive API.</summary>
    /// <exception cref="GoogleError">404 where it is hidden or not shared, 403 where it may only be read.</exception>
    public DriveFile File(SignIn caller, string id, bool write)
    {
        DemandDrive(caller, write);
        if (state.Files.Find(id) is not { } file || !Visible(caller, file)) throw GoogleError.FileNotFound(id);
        return write && !file.MayEdit(caller.Email) ? throw GoogleError.FileForbidden() : file;
    }

    public static void DemandDrive(SignIn caller, bool write)
    {
        if (!caller.HasAny(Scopes.Drive, Scopes.DriveFile)
            && (write || !caller.HasAny(Scopes.DriveReadonly, Scopes.DriveMetadata)))
            throw GoogleError.ScopeInsufficient();
    }

    public static bool Visible(SignIn caller, DriveFile file) => file.RoleOf(caller.Email) is not null
        && (caller.HasAny(Scopes.Drive, Scopes.DriveReadonly, Scopes.DriveMetadata) || Shown(caller, file));

    /// <summary>drive.file: the app made the file, or the person picked it for the app.</summary>
    public static bool Shown(SignIn caller, DriveFile file) =>
        caller.ClientId is { } client && file.Apps.Contains(Grant.KeyOf(client, caller.Email));
}
