using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.OAuth;
using CountingKit.Sandbox.Google.Requests;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google;

/// <summary>What tests and people do behind the app's back: <c>/_/google…</c> on the control port.</summary>
internal sealed class GoogleControl(
    GoogleState state, Files files, TokenEndpoint tokens, TimeProvider clock, Uri address)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_/google/spreadsheets", () => Do(() => Listed()));
        routes.MapGet("/_/google/spreadsheets/{id}", (string id) => Do(() => Content(id)));
        routes.MapPost("/_/google/spreadsheets", (NewFile order) => Do(() => Create(order)));
        routes.MapPost("/_/google/edit", (JsonObject order) => Do(() => Edit(order)));
        routes.MapPost("/_/google/share", (ShareOrder order) => Do(() => Share(order)));
        routes.MapPost("/_/google/trash", (TrashOrder order) => Do(() => Trash(order)));
        routes.MapGet("/_/google/settings", () => Do(() => state.Settings));
        routes.MapPost("/_/google/settings", (SettingsOrder order) => Do(() => Set(order)));
        routes.MapPost("/_/google/tokens/expire", () => Do(Expire));
        routes.MapPost("/_/google/grants/{email}/revoke", (string email) => Do(() => Forget(email)));
        routes.MapPost("/_/google/service-accounts", () => Do(NewServiceAccount));
    }

    private IResult Do<T>(Func<T> work)
    {
        try
        {
            return Results.Json(state.Do(work));
        }
        catch (GoogleError refused)
        {
            return Results.Json(new { error = refused.Message }, statusCode: refused.Code);
        }
    }

    private JsonArray Listed() =>
        new([.. state.Files.All.Select(pair => pair.Value).Where(file => file.MimeType == DriveFile.Spreadsheet)
        .Select(Described)]);

    private JsonObject Described(DriveFile file) => new()
    {
        ["spreadsheetId"] = file.Id, ["title"] = file.Name, ["owner"] = file.Owner, ["trashed"] = file.Trashed,
        ["version"] = file.Version, ["url"] = new Uri(address, $"/spreadsheets/d/{file.Id}/edit").ToString(),
        ["tabs"] = new JsonArray(
            [.. state.Workbooks.Find(file.Id)!.Tabs.Select(tab => tab.Title).Select(title => (JsonNode)title)]),
    };

    private JsonObject Content(string id)
    {
        var file = state.Files.Find(id) ?? throw GoogleError.NotFound();
        var workbook = state.Workbooks.Find(id) ?? throw GoogleError.NotFound();
        var json = Described(file);
        json["namedRanges"] = new JsonArray([.. workbook.NamedRanges.Select(named => named.Copy())]);
        json["developerMetadata"] = new JsonArray([.. workbook.Metadata.Select(entry => entry.Copy())]);
        json["tabs"] = new JsonArray([.. workbook.Tabs.Select(tab => new JsonObject
        {
            ["sheetId"] = tab.SheetId, ["title"] = tab.Title, ["hidden"] = tab.Hidden, ["rows"] = tab.Rows,
            ["columns"] = tab.Columns,
            ["hash"] = tab.Hash, ["objects"] = tab.Objects.Copy(), ["cells"] = new JsonArray([.. Cells(tab)]),
        })]);
        return json;
    }

    private static IEnumerable<JsonObject> Cells(Tab tab) =>
        from row in Enumerable.Range(0, tab.UsedRows)
        from column in Enumerable.Range(0, tab.StoredRows[row]?.Cells.Length ?? 0)
        let cell = tab[row, column]
        where cell?.Value is not null
        select new JsonObject { ["row"] = row, ["col"] = column, ["userEnteredValue"] = CellValues.Write(cell.Value) };

    private JsonObject Create(NewFile order)
    {
        Known(order.Owner);
        var file = files.Create(order.Title, DriveFile.Spreadsheet, order.Owner, app: null);
        files.Fill(file, []);
        return Described(file);
    }

    /// <summary>A person at work in the browser: cells typed one by one, or any batch of requests.</summary>
    private JsonObject Edit(JsonObject order)
    {
        var file = state.Files.Find(order.Text("spreadsheetId") ?? "") ?? throw GoogleError.NotFound();
        var draft = state.Workbooks.Find(file.Id)!.Draft();
        var batch = new Batch(draft, file.Owner, true);
        foreach (var cell in order.Objects("cells"))
        {
            var tab = draft.Edit(order.Int("sheetId") ?? 0);
            var (row, column) = (cell.Int("row") ?? 0, cell.Int("col") ?? 0);
            new GridRange(tab.SheetId, row, row + 1, column, column + 1).On(tab);
            var value = cell.Text("formula") is { } formula ? new Formula(formula)
                : cell["value"] is { } plain ? CellValues.ReadRaw(plain, row, column) : null;
            tab.Set(row, column, Cell.Of(value, tab[row, column]?.Dress));
        }
        if (order.Array("requests") is { Count: > 0 } requests)
        {
            SheetsSchema.Types.Check(
                new JsonObject { ["requests"] = requests.DeepClone() }, "BatchUpdateSpreadsheetRequest");
            BatchUpdate.Apply(batch, requests);
        }
        files.Save(file, draft);
        return Described(state.Files.Find(file.Id)!);
    }

    private JsonObject Share(ShareOrder order)
    {
        var file = state.Files.Find(order.SpreadsheetId) ?? throw GoogleError.NotFound();
        if (order.Role is not ("writer" or "reader" or "none"))
            throw GoogleError.Invalid("role must be writer, reader or none.");
        if (order.Email == file.Owner) throw GoogleError.Invalid("The owner's role stays.");
        var others = file.Permissions.Where(permission => permission.Email != order.Email);
        state.Files.Put(file.Id, file with
        {
            Permissions = order.Role == "none"
                ? [.. others]
                : [.. others, new FilePermission(Files.NewPermissionId(), "user", order.Role, order.Email)],
        });
        return Described(file);
    }

    private JsonObject Trash(TrashOrder order)
    {
        var file = state.Files.Find(order.SpreadsheetId) ?? throw GoogleError.NotFound();
        state.Files.Put(file.Id, file.Changed(clock.GetUtcNow()) with { Trashed = order.Trashed });
        return Described(state.Files.Find(file.Id)!);
    }

    private GoogleSettings Set(SettingsOrder order)
    {
        var (now, quota) = (state.Settings, order.Quota);
        return state.Settings = new GoogleSettings(
            order.RefreshTokenMissing ?? now.RefreshTokenMissing,
            order.UntickScopes is { } scopes ? Scopes.Read(string.Join(' ', scopes)) : now.UntickScopes,
            order.RefreshTokenDays is { } days ? days > 0 ? days : null : now.RefreshTokenDays,
            new QuotaSettings(quota?.On ?? now.Quota.On,
                quota?.ReadPerMinute ?? now.Quota.ReadPerMinute, quota?.WritePerMinute ?? now.Quota.WritePerMinute));
    }

    private bool Expire()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, token) in state.AccessTokens.All.ToList())
            state.AccessTokens.Put(key, token with { ExpiresAt = now });
        return true;
    }

    private bool Forget(string email)
    {
        tokens.Forget(null, email);
        return true;
    }

    private JsonObject NewServiceAccount()
    {
        using var key = RSA.Create(2048);
        var number = RandomNumberGenerator.GetInt32(100_000, 999_999).ToString(CultureInfo.InvariantCulture);
        var account = new ServiceAccount($"exporter-{number}@sandbox-project.iam.gserviceaccount.com",
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
            Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        state.ServiceAccounts.Put(account.Email, account);
        return new JsonObject
        {
            ["type"] = "service_account", ["project_id"] = "sandbox-project", ["private_key_id"] = account.KeyId,
            ["private_key"] = key.ExportPkcs8PrivateKeyPem() + "\n",
            ["client_email"] = account.Email, ["client_id"] = "1082345678" + number,
            ["auth_uri"] = new Uri(address, "/o/oauth2/v2/auth").ToString(),
            ["token_uri"] = new Uri(address, "/token").ToString(),
            ["universe_domain"] = "googleapis.com",
        };
    }

    private void Known(string email)
    {
        if (state.People.Find(email) is null)
            state.People.Put(email,
                new Person(email, email.Split('@')[0], "1082345678" + Files.NewPermissionId()[^11..]));
    }

    private sealed record NewFile(string Title, string Owner);

    private sealed record ShareOrder(string SpreadsheetId, string Email, string Role);

    private sealed record TrashOrder(string SpreadsheetId, bool Trashed);

    private sealed record QuotaOrder(bool? On, int? ReadPerMinute, int? WritePerMinute);

    private sealed record SettingsOrder(
        bool? RefreshTokenMissing, List<string>? UntickScopes, int? RefreshTokenDays, QuotaOrder? Quota);
}
