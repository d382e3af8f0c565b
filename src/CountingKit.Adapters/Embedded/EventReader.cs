using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>Some events of a read, in its order.</summary>
/// <param name="IsLast">There was nothing behind them when they were read.</param>
internal sealed record Page(IReadOnlyList<StoredEvent> Events, bool IsLast);

/// <summary>Reads the log a page at a time, so that no read holds much memory or a transaction for long.</summary>
internal sealed class EventReader(EventFile file)
{
    private const int PageEvents = 256;
    private const int PageBytes = IEventStore.AppendLimit;

    private const string OfStreamForwards =
        $"SELECT {EventRow.Columns} FROM event WHERE stream = $stream AND revision >= $from ORDER BY revision";

    private const string OfStreamBackwards =
        $"SELECT {EventRow.Columns} FROM event WHERE stream = $stream AND revision <= $from ORDER BY revision DESC";

    private const string OfAllForwards =
        $"SELECT {EventRow.Columns} FROM event WHERE position >= $from ORDER BY position";

    private const string OfAllBackwards =
        $"SELECT {EventRow.Columns} FROM event WHERE position <= $from ORDER BY position DESC";

    /// <param name="from">The first revision, inclusive.</param>
    /// <param name="most">No more events than that.</param>
    public Page ReadStream(string stream, ReadDirection direction, long from, long most) => Read(
        direction == ReadDirection.Forwards ? OfStreamForwards : OfStreamBackwards,
        most,
        new SqliteParameter("$from", from),
        new SqliteParameter("$stream", stream));

    /// <param name="from">The first position, inclusive.</param>
    /// <param name="most">No more events than that.</param>
    public Page ReadAll(ReadDirection direction, long from, long most) => Read(
        direction == ReadDirection.Forwards ? OfAllForwards : OfAllBackwards,
        most,
        new SqliteParameter("$from", from));

    private Page Read(string sql, long most, params ReadOnlySpan<SqliteParameter> parameters)
    {
        try
        {
            using var connection = file.OpenReader();
            if (connection is null) return new([], IsLast: true);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var parameter in parameters) command.Parameters.Add(parameter);
            using var rows = command.ExecuteReader();
            return Read(rows, Math.Min(most, PageEvents));
        }
        catch (Exception failure) when (StoreFailure.IsOfTheFile(failure))
        {
            throw StoreFailure.Unavailable(failure);
        }
    }

    private static Page Read(SqliteDataReader rows, long most)
    {
        var events = new List<StoredEvent>();
        long bytes = 0;
        while (events.Count < most && bytes < PageBytes)
        {
            if (!rows.Read()) return new(events, IsLast: true);
            var read = EventRow.Read(rows);
            bytes += read.Data.Length + read.Metadata.Length;
            events.Add(read);
        }

        return new(events, IsLast: false);
    }
}
