using System.Text.Json;
using System.Text.Json.Serialization;

namespace CountingKit.Sandbox.Hosting;

/// <summary>One vendor request, as the control interface shows it. Never a body, token or code.</summary>
/// <param name="At">The sandbox's clock when the request had been carried out, UTC.</param>
/// <param name="Began">The sandbox's clock when the request had come in, UTC.</param>
/// <param name="Vendor"><c>xero</c> or <c>google</c>.</param>
/// <param name="Query">Only where the stand-in knows that it holds no secret.</param>
/// <param name="Status">0: the caller got no answer.</param>
/// <param name="Write">Carried out, or refused as, a change of the vendor's business data.</param>
/// <param name="Fault">The kind of the injected fault, if one struck.</param>
internal sealed record JournalEntry(
    long Seq,
    DateTimeOffset At,
    DateTimeOffset Began,
    string Vendor,
    string Method,
    string Path,
    string? Query,
    int Status,
    string? Account,
    string? Tenant,
    bool Write,
    string? Fault,
    IReadOnlyList<TabHash>? Tabs);

/// <summary>A visible tab after a request: SHA-256 (hex) over its values and formulas.</summary>
internal sealed record TabHash(string SpreadsheetId, int SheetId, string Title, string Hash);

/// <summary>Every vendor request in the order carried out, on disk before its answer leaves.</summary>
internal sealed class Journal(HostState state)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public void Append(JournalEntry entry) => state.File.Transact(session =>
        session.Execute("INSERT INTO journal (entry) VALUES ($1)", JsonSerializer.Serialize(entry, Json)));

    /// <summary>Entries with a number above <paramref name="after"/>, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Read(long after)
    {
        using var session = state.File.Open();
        return session.Query(
            "SELECT seq, entry FROM journal WHERE seq > $1 ORDER BY seq",
            row => JsonSerializer.Deserialize<JournalEntry>(row.GetString(1), Json)! with { Seq = row.GetInt64(0) },
            after);
    }

    /// <summary>Numbers go on where they were.</summary>
    public void Empty() => state.File.Transact(session => session.Execute("DELETE FROM journal"));
}
