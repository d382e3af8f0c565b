using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Journals;

/// <summary>
/// The journals of the books, which are never changed: what a changed document did is taken back by another journal, and
/// what it does now is a third. They are written when they are asked for.
/// </summary>
internal sealed class JournalBook(XeroState state, Ledgers ledgers, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string TenantId, bool Cash), long> _revisions = [];

    /// <param name="cash">By what was paid, instead of what was agreed.</param>
    public void CatchUp(string tenantId, bool cash)
    {
        var ledger = ledgers.Of(tenantId);
        var revision = state.BooksRevision;
        if (_revisions.GetValueOrDefault((tenantId, cash), -1) == revision) return;
        state.File.Transact(session => CatchUp(session, tenantId, cash, ledger.On(cash)));
        _revisions[(tenantId, cash)] = revision;
    }

    private void CatchUp(SandboxSession session, string tenantId, bool cash, IReadOnlyList<Entry> entries)
    {
        var standing = session.Query("""
            SELECT source, content, number FROM journals WHERE tenant_id = $1 AND cash = $2 AND standing = 1
            """, row => (Source: row.GetString(0), Content: row.GetString(1), Number: row.GetInt64(2)), tenantId, cash)
            .ToDictionary(journal => journal.Source);
        var pen = new Pen(session, tenantId, cash);
        var (isFirst, now) = (standing.Count == 0, clock.GetUtcNow());
        var current = Keyed(entries).Select(entry => (entry.Key, entry.Value, Content: JournalJson.ContentOf(entry.Value)))
            .OrderBy(entry => entry.Value.Created).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        var same = current.Where(entry => standing.TryGetValue(entry.Key, out var kept) && kept.Content == entry.Content)
            .Select(entry => entry.Key).ToHashSet();

        foreach (var journal in standing.Values.Where(journal => !same.Contains(journal.Source)).OrderBy(each => each.Number))
            pen.TakeBack(journal.Source, journal.Number, now);
        foreach (var (key, entry, content) in current.Where(entry => !same.Contains(entry.Key)))
            pen.Write(key, content, entry, isFirst ? entry.Created : now);
    }

    /// <summary>A credit that several invoices took is several entries of one document.</summary>
    private static IEnumerable<KeyValuePair<string, Entry>> Keyed(IReadOnlyList<Entry> entries) =>
        entries.GroupBy(entry => $"{entry.SourceType} {entry.Source}")
            .SelectMany(group => group.Select((entry, place) => KeyValuePair.Create($"{group.Key} {place}", entry)));

    /// <summary>Writes journals at the end of the book; numbers have gaps.</summary>
    private sealed class Pen(SandboxSession session, string tenantId, bool cash)
    {
        private const int Gap = 37;

        private readonly JournalJson _json = new(cash ? $"{tenantId} cash" : tenantId, TaxNames(session, tenantId));
        private long _last = session.Number(
            "SELECT max(number) FROM journals WHERE tenant_id = $1 AND cash = $2", tenantId, cash);

        public void Write(string source, string content, Entry entry, DateTimeOffset created)
        {
            var number = Next();
            Store(source, content, standing: true, number, created, _json.Of(entry, number, created));
        }

        public void TakeBack(string source, long old, DateTimeOffset created)
        {
            var json = session.First("SELECT json FROM journals WHERE tenant_id = $1 AND cash = $2 AND number = $3",
                row => JsonNode.Parse(row.GetString(0))!.AsObject(), tenantId, cash, old)!;
            session.Execute("UPDATE journals SET standing = 0 WHERE tenant_id = $1 AND cash = $2 AND number = $3",
                tenantId, cash, old);
            var number = Next();
            Store(source, "", standing: false, number, created, _json.Reversed(json, number, created));
        }

        private void Store(
            string source, string content, bool standing, long number, DateTimeOffset created, JsonObject json) =>
            session.Execute("INSERT INTO journals VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", tenantId, cash, number,
                json["JournalID"]!.ToString(), source, content, standing, created.ToUnixTimeMilliseconds(),
                XeroJson.Text(json));

        private long Next() => _last += _last % Gap == Gap - 1 ? 3 : 1;

        private static Dictionary<string, string> TaxNames(SandboxSession session, string tenantId) => session.Query("""
            SELECT id, json_extract(json, '$.Name') FROM records WHERE tenant_id = $1 AND resource = 'TaxRates'
            """, row => (Type: row.GetString(0), Name: row.IsDBNull(1) ? "" : row.GetString(1)), tenantId)
            .ToDictionary(rate => rate.Type, rate => rate.Name);
    }
}
