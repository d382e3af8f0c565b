using System.Globalization;
using CountingKit.EventSourcing;
using Npgsql;

namespace CountingKit.Adapters.Database;

/// <summary>
/// Which schemas of read models there are, and what each is: <c>filling</c>, <c>current</c> (one per version), or
/// <c>retired</c>: dropped a while later, when no portal reads it any more.
/// </summary>
/// <param name="makeTables">Makes the tables in an empty schema, and their indexes if they are read at once.</param>
internal sealed class PostgresGenerations(string connectionString, Action<string, bool> makeTables)
{
    private const string Table = $"{PostgresVault.Schema}.read_models";
    private const string Prefix = "read_models_v";

    private static readonly string Version = ReadDb.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The schema that portals of this version read; made when there is none yet.</summary>
    public string CurrentOrNew()
    {
        using var alone = new PostgresLock(connectionString);
        alone.Execute($"""
            CREATE SCHEMA IF NOT EXISTS {PostgresVault.Schema};
            CREATE TABLE IF NOT EXISTS {Table} (
                schema text PRIMARY KEY, version integer NOT NULL, generation integer NOT NULL, state text NOT NULL,
                since timestamp with time zone NOT NULL DEFAULT now());
            """);
        return Of(alone, "current") is [var known, ..] ? known : Make(alone, "current");
    }

    /// <summary>Null = it was retired, by a newer version or by another portal's hand.</summary>
    public string? Current() => Ask(
        $"SELECT schema FROM {Table} WHERE version = {Version} AND state = 'current'") as string;

    /// <summary>An empty schema under the next number.</summary>
    /// <param name="unfinished">This portal's own, dropped first; another portal's stays: it may be at work.</param>
    public string Fresh(string? unfinished)
    {
        using var alone = new PostgresLock(connectionString);
        if (unfinished is not null) Drop(alone, unfinished);
        return Make(alone, "filling");
    }

    /// <summary>In one transaction, for all portals.</summary>
    public void Switch(string filled)
    {
        using var alone = new PostgresLock(connectionString);
        alone.Execute($"""
            BEGIN;
            UPDATE {Table} SET state = 'retired', since = now() WHERE version = {Version} AND state = 'current';
            UPDATE {Table} SET state = 'current', since = now() WHERE schema = '{filled}';
            COMMIT;
            """);
    }

    /// <summary>
    /// Retires older versions once this one tells the whole log, and what was left half filled a day ago; drops what has been
    /// retired for 30 s. Newer versions are left alone.
    /// </summary>
    public void Tidy()
    {
        const string Old = $"""
            state = 'retired' AND since < now() - interval '30 seconds'
                OR state = 'filling' AND since < now() - interval '1 day'
            """;
        if (Ask($"SELECT 1 FROM {Table} WHERE version < {Version} OR {Old} LIMIT 1") is null) return;

        using var alone = new PostgresLock(connectionString);
        if (IsComplete(alone))
            alone.Execute(
                $"UPDATE {Table} SET state = 'retired', since = now() WHERE version < {Version} AND state <> 'retired'");
        foreach (var schema in alone.Read($"SELECT schema FROM {Table} WHERE {Old}")) Drop(alone, schema);
    }

    private static bool IsComplete(PostgresLock alone) => Of(alone, "current") is [var ours, ..]
        && alone.Read($"SELECT 'yes' FROM {ours}.\"ReadCheckpointRow\" WHERE \"IsComplete\"").Count > 0;

    private static List<string> Of(PostgresLock alone, string state) =>
        alone.Read($"SELECT schema FROM {Table} WHERE version = {Version} AND state = '{state}'");

    private static void Drop(PostgresLock alone, string schema) =>
        alone.Execute($"DROP SCHEMA IF EXISTS {schema} CASCADE; DELETE FROM {Table} WHERE schema = '{schema}'");

    private string Make(PostgresLock alone, string state)
    {
        var number = alone.Read(
            $"SELECT (coalesce(max(generation), 0) + 1)::text FROM {Table} WHERE version = {Version}")[0];
        var schema = $"{Prefix}{Version}_{number}";
        // What a portal left behind that died between the tables and the line that names them.
        alone.Execute($"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        makeTables(schema, state == "current");
        alone.Execute($"INSERT INTO {Table} VALUES ('{schema}', {Version}, {number}, '{state}', now())");
        return schema;
    }

    private object? Ask(string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
