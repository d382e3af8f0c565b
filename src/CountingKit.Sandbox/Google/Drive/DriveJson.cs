using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google.Drive;

/// <summary>Drive's resources; only the fields that a caller asks for leave the house.</summary>
internal sealed record DriveJson(Uri Address, SignIn Caller, Func<string, Person?> FindPerson)
{
    private const string Usual = "kind,id,name,mimeType";

    public JsonObject File(DriveFile file, string? fields) =>
        (JsonObject)FieldMask.ForAnswer(fields is { Length: > 0 } ? fields : Usual, DriveSchema.Types, "File")
            .Cut(Whole(file))!;

    public JsonObject List(IEnumerable<DriveFile> files, string? nextPageToken, string? fields)
    {
        var json = new JsonObject
        {
            ["kind"] = "drive#fileList",
            ["incompleteSearch"] = false,
            ["files"] = new JsonArray([.. files.Select(Whole)]),
        };
        if (nextPageToken is not null) json["nextPageToken"] = nextPageToken;
        var mask = fields is { Length: > 0 } ? fields : $"kind,incompleteSearch,nextPageToken,files({Usual})";
        return (JsonObject)FieldMask.ForAnswer(mask, DriveSchema.Types, "FileList").Cut(json)!;
    }

    public static JsonObject Permission(FilePermission permission, string? fields)
    {
        var whole = WholePermission(permission);
        return (JsonObject)FieldMask.ForAnswer(
            fields is { Length: > 0 } ? fields : "kind,id,type,role", DriveSchema.Types, "Permission").Cut(whole)!;
    }

    private JsonObject Whole(DriveFile file)
    {
        var edit = file.MayEdit(Caller.Email);
        var json = new JsonObject
        {
            ["kind"] = "drive#file", ["id"] = file.Id, ["name"] = file.Name, ["mimeType"] = file.MimeType,
            ["starred"] = false,
            ["trashed"] = file.Trashed, ["version"] = file.Version.ToString(CultureInfo.InvariantCulture),
            ["createdTime"] = Instant(file.CreatedAt), ["modifiedTime"] = Instant(file.ModifiedAt),
            ["webViewLink"] = file.MimeType == DriveFile.Spreadsheet
                ? new Uri(Address, $"/spreadsheets/d/{file.Id}/edit").ToString()
                : new Uri(Address, "/").ToString(),
            ["ownedByMe"] = file.Owner == Caller.Email, ["shared"] = file.Permissions.Count > 1,
            ["owners"] = new JsonArray(new JsonObject
            {
                ["kind"] = "drive#user",
                ["displayName"] = FindPerson(file.Owner)?.Name ?? file.Owner,
                ["emailAddress"] = file.Owner,
                ["me"] = file.Owner == Caller.Email,
            }),
            ["isAppAuthorized"] = Access.Shown(Caller, file),
            ["capabilities"] = new JsonObject
            {
                ["canEdit"] = edit, ["canShare"] = edit, ["canCopy"] = true, ["canRename"] = edit,
                ["canTrash"] = file.Owner == Caller.Email, ["canDownload"] = true,
            },
            ["parents"] = new JsonArray([.. file.Parents.Select(parent => (JsonNode)parent)]),
        };
        if (edit) json["permissions"] = new JsonArray([.. file.Permissions.Select(WholePermission)]);
        if (file.AppProperties.GetValueOrDefault(Caller.ClientId ?? "") is { Count: > 0 } own)
            json["appProperties"] = new JsonObject(
                own.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return json;
    }

    private static JsonObject WholePermission(FilePermission permission)
    {
        var json = new JsonObject
        {
            ["kind"] = "drive#permission", ["id"] = permission.Id, ["type"] = permission.Type, ["role"] = permission.Role,
        };
        if (permission.Email is not null) json["emailAddress"] = permission.Email;
        return json;
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
