using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>How an event stands in a row.</summary>
internal static class EventRow
{
    public const string Columns = "position, stream, revision, id, type, created, data, metadata";

    public static StoredEvent Read(SqliteDataReader row) => new(
        Id(row, 3),
        row.GetString(1),
        (ulong)row.GetInt64(2),
        WriteSession.At(row.GetInt64(0)),
        row.GetString(4),
        new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
        row.GetFieldValue<byte[]>(6),
        row.GetFieldValue<byte[]>(7));

    public static byte[] Id(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Id(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    /// <summary>A prepared command with these parameters, in this order, to be given values before each run.</summary>
    public static SqliteCommand Prepare(
        this SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
