using System.Runtime.InteropServices;
using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>The prepared insert of one event.</summary>
internal sealed class EventInsert(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand command = connection.Prepare("""
        INSERT INTO event (position, stream, revision, id, type, created, data, metadata)
        VALUES ($position, $stream, $revision, $id, $type, $created, $data, $metadata)
        """, "$position", "$stream", "$revision", "$id", "$type", "$created", "$data", "$metadata");

    /// <param name="created">UTC ticks.</param>
    public void Run(long position, string stream, long revision, long created, EventData @event)
    {
        var values = command.Parameters;
        values[0].Value = position;
        values[1].Value = stream;
        values[2].Value = revision;
        values[3].Value = EventRow.Id(@event.Id);
        values[4].Value = @event.Type;
        values[5].Value = created;
        values[6].Value = Bytes(@event.Data);
        values[7].Value = Bytes(@event.Metadata);
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();

    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array!.Length == memory.Length
            ? segment.Array
            : memory.ToArray();
}
