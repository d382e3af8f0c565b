using System.Text.Json;

namespace CountingKit.Sandbox.Google.State;

/// <summary>One kind of record by key, in memory, written through with the request's transaction.</summary>
internal sealed class Shelf<T>(string kind, PendingWrites pending)
    where T : class
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Dictionary<string, T> records = [];

    public string Kind => kind;

    public IEnumerable<KeyValuePair<string, T>> All => records;

    public T? Find(string key) => records.GetValueOrDefault(key);

    public void Load(string key, string json) => records[key] = JsonSerializer.Deserialize<T>(json, Json)!;

    public void Put(string key, T record)
    {
        var before = Find(key);
        records[key] = record;
        pending.Add(
            session => session.Execute(
                "INSERT OR REPLACE INTO documents VALUES ($1, $2, $3)", kind, key,
                JsonSerializer.Serialize(record, Json)),
            () => Restore(key, before));
    }

    public void Remove(string key)
    {
        if (!records.Remove(key, out var before)) return;
        pending.Add(
            session => session.Execute("DELETE FROM documents WHERE kind = $1 AND key = $2", kind, key),
            () => Restore(key, before));
    }

    public void RemoveAll(Func<T, bool> which)
    {
        foreach (var key in records.Where(pair => which(pair.Value)).Select(pair => pair.Key).ToList()) Remove(key);
    }

    private void Restore(string key, T? before)
    {
        if (before is null) records.Remove(key);
        else records[key] = before;
    }
}
