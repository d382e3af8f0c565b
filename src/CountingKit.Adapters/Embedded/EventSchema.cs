using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>The log's one table. Its version stands in the file's <c>user_version</c>.</summary>
internal static class EventSchema
{
    private const long Version = 1;

    // position: 1, 2, 3 … without gaps. id: 16 bytes in the order of its text. created: UTC, in ticks of .NET.
    private const string Create = """
        CREATE TABLE event (
            position INTEGER PRIMARY KEY,
            stream   TEXT    NOT NULL,
            revision INTEGER NOT NULL,
            id       BLOB    NOT NULL,
            type     TEXT    NOT NULL,
            created  INTEGER NOT NULL,
            data     BLOB    NOT NULL,
            metadata BLOB    NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX event_of_stream ON event (stream, revision);
        CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'An event never changes.'); END;
        CREATE TRIGGER event_never_goes BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'An event never goes.'); END;
        PRAGMA user_version = 1;
        """;

    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <exception cref="InvalidDataException">The file is of a later version, or no log at all.</exception>
    public static void Make(SqliteConnection connection)
    {
        try
        {
            Open(connection);
        }
        catch (SqliteException failed) when (failed.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw new InvalidDataException("The event store's file is no database, or a damaged one.", failed);
        }
    }

    private static void Open(SqliteConnection connection)
    {
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("BEGIN IMMEDIATE");
        var version = connection.Number("PRAGMA user_version");
        if (version > Version)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"The event store's file has version {version}; this program knows version {Version}."));
        if (version == 0)
        {
            if (connection.Number("SELECT count(*) FROM sqlite_schema") > 0)
                throw new InvalidDataException("The event store's file is a database of something else.");
            connection.Execute(Create);
        }

        connection.Execute("COMMIT");
    }

    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
