using CountingKit.Adapters.Database;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>The SQLite file of a log: makes it, and opens connections to it.</summary>
internal sealed class EventFile : IDisposable
{
    private readonly EmbeddedEventStoreOptions options;
    private readonly HeldFile held;
    private readonly string creating;
    private readonly string writing;
    private readonly string reading;
    private readonly Lock making = new();
    private volatile bool made;

    public EventFile(EmbeddedEventStoreOptions options)
    {
        (this.options, held) = (options, new(options.Path));
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            DefaultTimeout = 1,
            Pooling = false,
        };
        creating = settings.ToString();
        settings.Mode = SqliteOpenMode.ReadWrite;
        writing = settings.ToString();
        settings.DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds);
        settings.Pooling = true;
        reading = settings.ToString();
    }

    /// <summary>
    /// A connection whose commits are on the disk when they return. The caller disposes it. A file that was there is not made
    /// again, nor another taken for it: it was moved away, or its disk is not there.
    /// </summary>
    /// <param name="mayMake">A file that is not there; one that is there is never made again.</param>
    public SqliteConnection OpenWriter(bool mayMake = true)
    {
        var connection = new SqliteConnection(made || !mayMake ? writing : creating);
        try
        {
            if (!made)
            {
                SqliteFile.RequireWhole(options.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
            }

            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds}");
            MakeOnce(connection);
            held.Check(connection);
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute(SqlitePragmas.Cache);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A pooled connection for one page of a read. The caller disposes it. Who only reads makes no file: where one is to be put
    /// back, nothing stands in its place.
    /// </summary>
    /// <returns>Null = there is no file yet.</returns>
    public SqliteConnection? OpenReader()
    {
        if (!made)
        {
            SqliteFile.RequireWhole(options.Path);
            if (!SqliteFile.IsThere(SqliteFile.Behind(options.Path))) return null;
            OpenWriter(mayMake: false).Dispose();
        }

        var connection = new SqliteConnection(reading);
        connection.Open();
        try
        {
            held.Check(connection);
            return connection;
        }
        catch
        {
            SqliteConnection.ClearPool(connection);
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Before what it wrote counts: an event that is acknowledged must not be in a file that somebody deleted.</summary>
    /// <exception cref="SqliteException">It is not the file any more.</exception>
    public void Check(SqliteConnection connection) => held.Check(connection);

    public void Dispose()
    {
        held.Dispose();
        using var connection = new SqliteConnection(reading);
        SqliteConnection.ClearPool(connection);
    }

    private void MakeOnce(SqliteConnection connection)
    {
        lock (making)
        {
            if (made) return;
            EventSchema.Make(connection);
            made = true;
        }
    }
}
