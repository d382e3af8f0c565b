using System.Text.Json.Nodes;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>One record of a list as it is stored: the fields that lists are cut by, and the whole JSON.</summary>
/// <param name="Updated">Milliseconds since 1970, UTC.</param>
internal sealed record Record(string Resource, string Id, string? Type, string? Status, long Updated, string Json)
{
    public void Store(SandboxSession session, string tenantId)
    {
        session.Execute("DELETE FROM records WHERE tenant_id = $1 AND resource = $2 AND id = $3",
            tenantId, Resource, Id);
        session.Execute("""
            INSERT INTO records (tenant_id, resource, id, type, status, updated, json)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """, tenantId, Resource, Id, Type, Status, Updated, Json);
    }

    /// <summary>A record in Xero's shape, kept as given. Without an id it gets one.</summary>
    /// <param name="updated">When it counts as changed; null: when it says.</param>
    public static Record Given(string resource, string idField, JsonObject json, DateTimeOffset? updated = null)
    {
        if (Text(json, idField) is not { } id) json[idField] = id = Guid.CreateVersion7().ToString();
        var moment = updated ?? Instants.Read(Text(json, "UpdatedDateUTC") ?? Text(json, "CreatedDateUTC"));
        return new Record(resource, id, Text(json, "Type"), Text(json, "Status") ?? Text(json, "ContactStatus"),
            moment?.ToUnixTimeMilliseconds() ?? 0, XeroJson.Text(json));
    }

    private static string? Text(JsonObject record, string name) =>
        record[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
