using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Microsoft.Extensions.Options;
using File = Google.Apis.Drive.v3.Data.File;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Spreadsheets as files: making one, seeing whether it can be written to, whether it changed.</summary>
internal sealed class SpreadsheetFiles(
    GoogleAccounts accounts, GoogleClients clients, GoogleCalls calls, SheetReader reader, IOptions<GoogleOptions> options,
    TimeProvider time)
{
    private const string SpreadsheetType = "application/vnd.google-apps.spreadsheet";
    private const string Marker = "countingkit";

    public async Task<SpreadsheetInfo> Create(
        Guid accountId, string title, Guid marker, string? locale, CancellationToken ct)
    {
        if (!GoogleScopes.MayAskDrive(await accounts.Scopes(accountId, ct)))
            throw new SpreadsheetException(SpreadsheetProblem.Refused, GoogleCodes.CannotCreate.Code,
                $"{GoogleCodes.CannotCreate.Title}. {GoogleCodes.CannotCreate.Advice}");
        var file = await FindMade(accountId, marker, ct) ?? await Make(accountId, title, marker, ct);
        if (locale is not null) await SetLocale(accountId, file.Id, locale, ct);
        return await Inspect(accountId, file.Id, ct);
    }

    public async Task<SpreadsheetInfo> Inspect(Guid accountId, string spreadsheetId, CancellationToken ct)
    {
        var spreadsheet = await reader.Spreadsheet(accountId, spreadsheetId, ct);
        var told = spreadsheet.Properties;
        var file = await Look(accountId, spreadsheetId, ct);
        var canEdit = file is null
            ? await MayWrite(accountId, spreadsheetId, ct)
            : file.Capabilities?.CanEdit == true;
        return new(spreadsheetId, told.Title ?? "Spreadsheet without a name", options.Value.AddressOf(spreadsheetId),
            told.TimeZone, canEdit, [.. spreadsheet.Sheets.Select(s => Tab(spreadsheet, s))], file?.Trashed == true);
    }

    public async Task<FileState> State(Guid accountId, string spreadsheetId, CancellationToken ct) =>
        await Look(accountId, spreadsheetId, ct) is { } file
            ? new(file.Version, file.Trashed == true)
            : FileState.Unknown;

    private static TabInfo Tab(Spreadsheet spreadsheet, Sheet sheet) => new(
        sheet.Properties.SheetId ?? 0, sheet.Properties.Title, TabFinder.Read(spreadsheet, sheet) is not null,
        sheet.Properties.GridProperties?.RowCount ?? 0, sheet.Properties.GridProperties?.ColumnCount ?? 0);

    /// <summary>Null = Drive may not be asked with the permissions of this account, or it refused: Sheets goes on without it.</summary>
    private async Task<File?> Look(Guid accountId, string spreadsheetId, CancellationToken ct)
    {
        if (!GoogleScopes.MayAskDrive(await accounts.Scopes(accountId, ct))) return null;
        using var drive = clients.Drive(accountId);
        var get = drive.Files.Get(spreadsheetId);
        get.Fields = "id,version,trashed,capabilities(canEdit)";
        get.SupportsAllDrives = true;
        try
        {
            return await calls.Repeat(get, ct);
        }
        catch (SpreadsheetException refused) when (refused.Problem is SpreadsheetProblem.NoAccess
            or SpreadsheetProblem.Configuration or SpreadsheetProblem.Refused or SpreadsheetProblem.Unavailable)
        {
            return null;
        }
    }

    /// <summary>Asks to remove metadata that nobody has: it changes nothing, and only an editor may ask.</summary>
    private async Task<bool> MayWrite(Guid accountId, string spreadsheetId, CancellationToken ct)
    {
        using var sheets = clients.Sheets(accountId);
        var nothing = new DataFilter { DeveloperMetadataLookup = new() { MetadataKey = "countingkit.test-access" } };
        Request harmless = new() { DeleteDeveloperMetadata = new() { DataFilter = nothing } };
        try
        {
            await calls.Repeat(sheets.Spreadsheets.BatchUpdate(new() { Requests = [harmless] }, spreadsheetId), ct);
            return true;
        }
        catch (SpreadsheetException e) when (e.Problem == SpreadsheetProblem.NoAccess)
        {
            return false;
        }
        catch (SpreadsheetException e) when (e.Problem == SpreadsheetProblem.Refused)
        {
            // That there is nothing to remove is told after the permission was looked at.
            return true;
        }
    }

    private async Task<File?> FindMade(Guid accountId, Guid marker, CancellationToken ct)
    {
        using var drive = clients.Drive(accountId);
        var list = drive.Files.List();
        list.Q = $"appProperties has {{ key='{Marker}' and value='{marker:N}' }} and trashed=false";
        list.Fields = "files(id,trashed,appProperties)";
        // Looked at once more: what a search gives by mistake must not become somebody's export.
        return (await calls.Repeat(list, ct)).Files?.FirstOrDefault(file => file is { Id: not null, Trashed: not true }
            && file.AppProperties?.TryGetValue(Marker, out var value) == true && value == marker.ToString("N"));
    }

    /// <summary>Sent again only when the file of an unanswered attempt is not there.</summary>
    private async Task<File> Make(Guid accountId, string title, Guid marker, CancellationToken ct)
    {
        using var drive = clients.Drive(accountId);
        var body = new File
        {
            Name = title, MimeType = SpreadsheetType,
            AppProperties = new Dictionary<string, string> { [Marker] = marker.ToString("N") },
        };
        var started = time.GetUtcNow();
        for (var attempt = 0; ; attempt++)
        {
            var create = drive.Files.Create(body);
            (create.Fields, create.SupportsAllDrives) = ("id", true);
            try
            {
                var made = await calls.Once(create, ct);
                return made.Id is not null ? made : throw GoogleFailure.Unreadable();
            }
            catch (GoogleFailure failure)
            {
                if (!await calls.Pause(failure, attempt, started, ct)) throw failure.ToException(time.GetUtcNow());
            }
            if (await FindMade(accountId, marker, ct) is { } found) return found;
        }
    }

    private async Task SetLocale(Guid accountId, string spreadsheetId, string locale, CancellationToken ct)
    {
        using var sheets = clients.Sheets(accountId);
        var change = new Request
        {
            UpdateSpreadsheetProperties = new() { Properties = new() { Locale = locale }, Fields = "locale" },
        };
        await calls.Repeat(sheets.Spreadsheets.BatchUpdate(new() { Requests = [change] }, spreadsheetId), ct);
    }
}
