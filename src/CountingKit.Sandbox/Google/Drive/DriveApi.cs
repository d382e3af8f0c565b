using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google.Drive;

/// <summary>Drive v3: <c>/drive/v3/files…</c> as far as an exporter of spreadsheets goes.</summary>
internal sealed class DriveApi(GoogleState state, Access access, Files files, TimeProvider clock, Uri address)
{
    public Answer Handle(Incoming request)
    {
        request.Note.Write = !request.IsGet;
        var caller = access.Caller(request);
        return Answer.Json((request.Method, request.Path[2..]) switch
        {
            ("GET", ["files"]) => List(request, caller),
            ("POST", ["files"]) => Create(request, caller),
            ("GET", ["files", var id]) =>
                Json(caller).File(access.File(caller, id, write: false), request.Value("fields")),
            ("PATCH", ["files", var id]) => Update(request, caller, access.File(caller, id, write: true)),
            ("POST", ["files", var id, "permissions"]) => Share(request, caller, access.File(caller, id, write: true)),
            _ => throw new GoogleError(404, "NOT_FOUND", "Not Found", "notFound"),
        });
    }

    private JsonObject List(Incoming request, SignIn caller)
    {
        Access.DemandDrive(caller, write: false);
        var wanted = DriveQuery.Read(request.Value("q"), caller);
        var size = Number(request.Value("pageSize"), 100);
        if (size is < 1 or > 1000)
            throw new GoogleError(
                400, "INVALID_ARGUMENT", "Invalid value for pageSize. Values must be within the range: [1, 1000]",
            "invalid");
        var start = Number(request.Value("pageToken")?.TrimStart('~'), 0);
        var found = Ordered(state.Files.All.Select(pair => pair.Value)
            .Where(file => Access.Visible(caller, file) && wanted(file)), request.Value("orderBy")).ToList();
        var next = found.Count > start + size ? "~" + (start + size).ToString(CultureInfo.InvariantCulture) : null;
        return Json(caller).List(found.Skip(start).Take(size), next, request.Value("fields"));
    }

    private JsonObject Create(Incoming request, SignIn caller)
    {
        Access.DemandDrive(caller, write: true);
        var body = request.Json(DriveSchema.Types, "File");
        if (caller.IsServiceAccount)
            throw new GoogleError(
                403, "PERMISSION_DENIED", "Service Accounts do not have storage quota. Leverage shared drives "
                + "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation instead.", "storageQuotaExceeded");
        var type = body.Text("mimeType");
        if (type is not (DriveFile.Spreadsheet or DriveFile.Folder))
            throw new GoogleError(
                400, "INVALID_ARGUMENT", "The stand-in makes spreadsheets and folders only.", "badRequest");
        var parents = body.Array("parents").Select(parent => parent!.ToString()).ToList();
        foreach (var parent in parents.Where(parent => parent != "root")) access.File(caller, parent, write: true);
        var file = files.Create(body.Text("name") is { Length: > 0 } name ? name : "Untitled", type, caller.Email,
            Grant.KeyOf(caller.ClientId!, caller.Email), parents.Count > 0 ? parents : null);
        file = WithProperties(file, caller, body.Object("appProperties"));
        state.Files.Put(file.Id, file);
        if (type == DriveFile.Spreadsheet) files.Fill(file, []);
        request.Note.Tabs = files.Hashes(file.Id);
        return Json(caller).File(file, request.Value("fields"));
    }

    private JsonObject Update(Incoming request, SignIn caller, DriveFile file)
    {
        var body = request.Json(DriveSchema.Types, "File");
        var added = Ids(request.Value("addParents"));
        foreach (var parent in added.Where(parent => parent != "root")) access.File(caller, parent, write: true);
        var changed = WithProperties(file, caller, body.Object("appProperties")).Changed(clock.GetUtcNow()) with
        {
            Name = body.Text("name") is { Length: > 0 } name ? name : file.Name,
            Trashed = body.ContainsKey("trashed") ? body.Flag("trashed") : file.Trashed,
            Parents = [.. file.Parents.Except(Ids(request.Value("removeParents"))).Union(added)],
        };
        if (changed.Trashed != file.Trashed && file.Owner != caller.Email) throw GoogleError.FileForbidden();
        state.Files.Put(file.Id, changed);
        if (changed.Name != file.Name && state.Workbooks.Find(file.Id) is { } workbook)
        {
            var draft = workbook.Draft();
            draft.Properties["title"] = changed.Name;
            state.Workbooks.Put(draft);
        }
        request.Note.Tabs = files.Hashes(file.Id);
        return Json(caller).File(changed, request.Value("fields"));
    }

    private JsonObject Share(Incoming request, SignIn caller, DriveFile file)
    {
        var body = request.Json(DriveSchema.Types, "Permission");
        var (type, role, email) = (body.Text("type"), body.Text("role"), body.Text("emailAddress"));
        if (type is not ("user" or "group" or "anyone") || role is not ("writer" or "reader" or "commenter"))
            throw new GoogleError(
                400, "INVALID_ARGUMENT", "The specified type or role is invalid or not served.", "invalid");
        if (type != "anyone" && string.IsNullOrEmpty(email))
            throw new GoogleError(
                400, "INVALID_ARGUMENT", "The emailAddress field is required for this permission type.", "invalid");
        var permission = new FilePermission(Files.NewPermissionId(), type, role, type == "anyone" ? null : email);
        state.Files.Put(file.Id, file with
        {
            Permissions = [.. file.Permissions.Where(other => other.Role == "owner" || other.Email != permission.Email),
                permission],
        });
        return DriveJson.Permission(permission, request.Value("fields"));
    }

    private static DriveFile WithProperties(DriveFile file, SignIn caller, JsonObject? asked)
    {
        if (asked is null || caller.ClientId is not { } client) return file;
        var own = new Dictionary<string, string>(file.AppProperties.GetValueOrDefault(client) ?? []);
        foreach (var (name, value) in asked)
            if (value is null) own.Remove(name);
            else own[name] = value.ToString();
        return file with { AppProperties = new(file.AppProperties) { [client] = own } };
    }

    private static IEnumerable<DriveFile> Ordered(IEnumerable<DriveFile> found, string? orderBy) => orderBy switch
    {
        null or "" or "modifiedTime desc" =>
            found.OrderByDescending(file => file.ModifiedAt).ThenBy(file => file.Id, StringComparer.Ordinal),
        "modifiedTime" => found.OrderBy(file => file.ModifiedAt).ThenBy(file => file.Id, StringComparer.Ordinal),
        "createdTime desc" =>
            found.OrderByDescending(file => file.CreatedAt).ThenBy(file => file.Id, StringComparer.Ordinal),
        "name" or "name_natural" =>
            found.OrderBy(file => file.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(file => file.Id, StringComparer.Ordinal),
        _ => throw new GoogleError(400, "INVALID_ARGUMENT", $"Sorting is not supported for: {orderBy}", "invalid"),
    };

    private DriveJson Json(SignIn caller) => new(address, caller, state.People.Find);

    private static List<string> Ids(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static int Number(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new GoogleError(400, "INVALID_ARGUMENT", "Invalid Value", "invalid");
}
