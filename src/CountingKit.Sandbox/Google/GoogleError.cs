using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google;

/// <summary>A refusal in Google's words. The reason is the ErrorInfo reason (Sheets) or errors[].reason (Drive).</summary>
internal sealed class GoogleError(
    int code, string status, string message, string? reason = null, JsonObject? quota = null)
    : Exception(message)
{
    public int Code => code;
    public string Status => status;
    public string? Reason => reason;
    public JsonObject? Quota => quota;

    public static GoogleError Invalid(string message) => new(400, "INVALID_ARGUMENT", message);

    public static GoogleError NotFound() => new(404, "NOT_FOUND", "Requested entity was not found.");

    public static GoogleError FileNotFound(string id) => new(404, "NOT_FOUND", $"File not found: {id}.", "notFound");

    public static GoogleError Forbidden() => new(403, "PERMISSION_DENIED", "The caller does not have permission");

    public static GoogleError FileForbidden() => new(403, "PERMISSION_DENIED",
        "The user does not have sufficient permissions for this file.", "insufficientFilePermissions");

    public static GoogleError Unauthenticated(bool missing) => new(401, "UNAUTHENTICATED",
        (missing ? "Request is missing required authentication credential. "
            : "Request had invalid authentication credentials. ")
        + "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
        + "See https://developers.google.com/identity/sign-in/web/devconsole-project.", "authError");

    public static GoogleError ScopeInsufficient() => new(403, "PERMISSION_DENIED",
        "Request had insufficient authentication scopes.", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");

    /// <summary>The same refusal, naming the request of the batch that met it.</summary>
    public GoogleError In(int index, string kind) => Code == 400
        ? new GoogleError(Code, Status, $"Invalid requests[{index}].{kind}: {Message}", Reason)
        : this;

    public JsonObject ToJson(bool drive)
    {
        var error = new JsonObject { ["code"] = Code, ["message"] = Message };
        if (drive)
            error["errors"] = new JsonArray(new JsonObject
            {
                ["message"] = Message,
                ["domain"] = Reason is "storageQuotaExceeded" or "rateLimitExceeded" ? "usageLimits" : "global",
                ["reason"] = Reason ?? "badRequest",
            });
        else
            error["status"] = Status;
        if (!drive && (Quota is not null || Reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
            error["details"] = new JsonArray(new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
                ["reason"] = Reason,
                ["domain"] = "googleapis.com",
                ["metadata"] = Quota?.DeepClone() ?? new JsonObject { ["service"] = "sheets.googleapis.com" },
            });
        return new JsonObject { ["error"] = error };
    }
}
