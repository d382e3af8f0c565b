using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>Whether an append stands already.</summary>
/// <param name="IsPartial">It begins like what stands and goes on otherwise.</param>
internal readonly record struct Repeat(Appended? Original, bool IsPartial)
{
    public static Repeat None => default;
}

/// <summary>The questions that the writer asks about one stream, inside its transaction.</summary>
internal sealed class StreamLookup : IDisposable
{
    /// <summary>How many events of its stream an append without an expected revision searches for itself.</summary>
    private const long Recent = 1000;

    private readonly SqliteCommand head;
    private readonly SqliteCommand at;
    private readonly SqliteCommand find;

    public StreamLookup(SqliteConnection connection)
    {
        head = connection.Prepare(
            "SELECT revision FROM event WHERE stream = $stream ORDER BY revision DESC LIMIT 1", "$stream");
        at = connection.Prepare("""
            SELECT id, position FROM event
            WHERE stream = $stream AND revision >= $revision ORDER BY revision LIMIT $count
            """, "$stream", "$revision", "$count");
        find = connection.Prepare("""
            SELECT revision FROM event
            WHERE stream = $stream AND revision >= $revision AND id = $id ORDER BY revision DESC
            """, "$stream", "$revision", "$id");
    }

    /// <summary>The stream's last revision; null = no such stream.</summary>
    public ulong? Head(string stream)
    {
        head.Parameters[0].Value = stream;
        return head.ExecuteScalar() is long revision ? (ulong)revision : null;
    }

    /// <summary>Compares ids, not content, with what stands from <paramref name="revision"/> on.</summary>
    public Repeat FindAt(string stream, long revision, IReadOnlyList<EventData> events)
    {
        at.Parameters[0].Value = stream;
        at.Parameters[1].Value = revision;
        at.Parameters[2].Value = events.Count;
        using var rows = at.ExecuteReader();
        long position = 0;
        foreach (var @event in events)
        {
            if (!rows.Read() || EventRow.Id(rows, 0) != @event.Id) return new(null, IsPartial: true);
            position = rows.GetInt64(1);
        }

        return new(new Appended((ulong)(revision + events.Count - 1), WriteSession.At(position)), IsPartial: false);
    }

    /// <summary>The same, wherever among the stream's recent events the first one stands.</summary>
    public Repeat FindRecent(string stream, ulong? head, IReadOnlyList<EventData> events)
    {
        if (head is not { } last) return Repeat.None;
        var result = Repeat.None;
        foreach (var revision in Find(stream, Math.Max(0, (long)last - Recent + 1), events[0].Id))
        {
            result = FindAt(stream, revision, events);
            if (result.Original is not null) break;
        }

        return result;
    }

    public void Dispose()
    {
        find.Dispose();
        at.Dispose();
        head.Dispose();
    }

    private List<long> Find(string stream, long from, Guid id)
    {
        find.Parameters[0].Value = stream;
        find.Parameters[1].Value = from;
        find.Parameters[2].Value = EventRow.Id(id);
        using var rows = find.ExecuteReader();
        var revisions = new List<long>();
        while (rows.Read()) revisions.Add(rows.GetInt64(0));
        return revisions;
    }
}
