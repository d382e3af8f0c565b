using System.Text.Json;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero;

/// <summary>
/// Everything the Xero stand-in remembers. Codes and refresh tokens are kept as hashes, access tokens by their id.
/// Times are milliseconds since 1970, UTC.
/// </summary>
internal sealed class XeroState(string folder)
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS organizations (
          ordinal INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS grants (
          client_id TEXT NOT NULL, user_id TEXT NOT NULL, scopes TEXT NOT NULL, PRIMARY KEY (client_id, user_id));
        CREATE TABLE IF NOT EXISTS codes (
          hash TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id TEXT NOT NULL, redirect_uri TEXT NOT NULL,
          scopes TEXT NOT NULL, challenge TEXT, event_id TEXT NOT NULL, expires INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS refresh_tokens (
          hash TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id TEXT NOT NULL, scopes TEXT NOT NULL,
          event_id TEXT NOT NULL, needs_secret INTEGER NOT NULL, expires INTEGER NOT NULL, superseded INTEGER);
        CREATE TABLE IF NOT EXISTS access_tokens (
          id TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id TEXT NOT NULL, scopes TEXT NOT NULL,
          expires INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS connections (
          id TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id TEXT NOT NULL, tenant_id TEXT NOT NULL,
          event_id TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
          UNIQUE (client_id, user_id, tenant_id));
        CREATE TABLE IF NOT EXISTS windows (
          client_id TEXT NOT NULL, tenant_id TEXT NOT NULL, kind TEXT NOT NULL, started INTEGER NOT NULL,
          used INTEGER NOT NULL, PRIMARY KEY (client_id, tenant_id, kind));
        CREATE TABLE IF NOT EXISTS records (
          key INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, resource TEXT NOT NULL, id TEXT NOT NULL, type TEXT,
          status TEXT, updated INTEGER NOT NULL, json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS books (
          tenant_id TEXT PRIMARY KEY, invoices INTEGER NOT NULL, now INTEGER NOT NULL, made INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS journals (
          tenant_id TEXT NOT NULL, cash INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL,
          source TEXT NOT NULL, content TEXT NOT NULL, standing INTEGER NOT NULL, created INTEGER NOT NULL,
          json TEXT NOT NULL, PRIMARY KEY (tenant_id, cash, number));
        CREATE UNIQUE INDEX IF NOT EXISTS records_by_id ON records (tenant_id, resource, id, type, status, updated);
        CREATE INDEX IF NOT EXISTS records_by_update ON records (tenant_id, resource, updated, id, type, status);
        """;

    private long _booksRevision;

    /// <summary>Grows with every change of a record of the books.</summary>
    public long BooksRevision => Interlocked.Read(ref _booksRevision);

    public SandboxFile File { get; } = new(Path.Combine(folder, "xero.db"), Schema);

    /// <summary>After a change of records was committed.</summary>
    public void BooksChanged() => Interlocked.Increment(ref _booksRevision);

    public XeroSettings Settings(bool limits)
    {
        using var session = File.Open();
        var kept = session.First("SELECT json FROM settings", row => row.GetString(0));
        return kept is null
            ? new XeroSettings(limits)
            : JsonSerializer.Deserialize<XeroSettings>(kept, JsonSerializerOptions.Web)!;
    }

    public void Keep(XeroSettings settings) => File.Transact(session => session.Execute(
        "INSERT INTO settings VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET json = $1",
        JsonSerializer.Serialize(settings, JsonSerializerOptions.Web)));
}

/// <summary>What the control interface can change about Xero's behavior.</summary>
/// <param name="RefreshGraceMinutes">How long a refresh token stays good after it was used.</param>
/// <param name="Premium">The app may ask for journals.</param>
/// <param name="GrantScopes">Granted instead of what is asked; null: what is asked.</param>
internal sealed record XeroSettings(
    bool LimitsOn,
    int MinuteLimit = 60,
    int DayLimit = 1000,
    int ConcurrentLimit = 5,
    decimal RefreshGraceMinutes = 30,
    IReadOnlyList<string>? GrantScopes = null,
    bool Premium = false);
