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

    /// <summary>An invoice that somebody wrote, kept as given.</summary>
    /// <param name="updated">Becomes its time of update; null: the one it says.</param>
    public static Record FromInvoice(JsonObject invoice, DateTimeOffset? updated)
    {
        if (Text(invoice, "InvoiceID") is not { } id) invoice["InvoiceID"] = id = Guid.CreateVersion7().ToString();
        if (updated is { } moment)
        {
            invoice["UpdatedDateUTC"] = $"/Date({moment.ToUnixTimeMilliseconds()}+0000)/";
            invoice["UpdatedDateUTCString"] = XeroJson.Second(moment);
        }

        return new Record("Invoices", id, Text(invoice, "Type"), Text(invoice, "Status"),
            MsDate(Text(invoice, "UpdatedDateUTC")), XeroJson.Text(invoice));
    }

    private static string? Text(JsonObject record, string name) => record[name]?.GetValue<string>();

    private static long MsDate(string? text) =>
        text is not null && text.IndexOfAny(['+', ')'], startIndex: 6) is var end and > 6
        && long.TryParse(text.AsSpan(6, end - 6), out var milliseconds)
            ? milliseconds
            : 0;
}
