using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Api;

namespace CountingKit.Sandbox.Xero.Journals;

/// <summary>
/// The general ledger: a hundred journals a call, those with a greater number than <c>offset</c>, oldest first.
/// </summary>
internal sealed class JournalReads(XeroState state, JournalBook book)
{
    private const int Most = 100;

    /// <exception cref="InvalidParameterException">The offset is no number.</exception>
    public IResult List(string tenantId, HttpRequest request, DateTimeOffset now)
    {
        var offset = 0L;
        if (request.Query["offset"] is [{ Length: > 0 } text]
            && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
            throw new InvalidParameterException($"offset: '{text}' is not a number.");
        var cash = string.Equals(request.Query["paymentsOnly"], "true", StringComparison.OrdinalIgnoreCase);
        var since = ModifiedSince.Read(request)?.ToUnixTimeMilliseconds() ?? long.MinValue;

        book.CatchUp(tenantId, cash);
        using var session = state.File.Open();
        return Envelope.Of("Journals", session.Query($"""
            SELECT json FROM journals
            WHERE tenant_id = $1 AND cash = $2 AND number > $3 AND created >= $4 ORDER BY number LIMIT {Most}
            """, row => row.GetFieldValue<byte[]>(0), tenantId, cash, offset, since), now);
    }

    /// <summary>By id or number; alone it does not say what it came from.</summary>
    public IResult One(string tenantId, string id, DateTimeOffset now)
    {
        book.CatchUp(tenantId, cash: false);
        using var session = state.File.Open();
        var by = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? "number" : "id";
        var found = session.First($"SELECT json FROM journals WHERE tenant_id = $1 AND cash = 0 AND {by} = $2",
            row => JsonNode.Parse(row.GetString(0))!.AsObject(), tenantId, by == "id" ? id.ToLowerInvariant() : number);
        if (found is null) return Problem.NotFound();
        found.Remove("SourceID");
        found.Remove("SourceType");
        return Envelope.Of("Journals", Encoding.UTF8.GetBytes(XeroJson.Text(found)), now);
    }
}
