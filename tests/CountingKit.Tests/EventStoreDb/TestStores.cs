using System.Text;
using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventStoreDb;

internal static class TestStores
{
    public static EventStoreDbEventStore Open(string connectionString) =>
        new(EventStoreDbOptions.Parse(connectionString, Environment.CurrentDirectory), TimeProvider.System);

    public static EventData Event(int size = 2) =>
        new(Guid.CreateVersion7(), "happened.v1", Encoding.UTF8.GetBytes(size < 10 ? "{}" : $$"""{"a":"{{new string('x', size)}}"}"""), "{}"u8.ToArray());

    public static EventData[] Events(int count, int size = 2) => [.. Enumerable.Range(0, count).Select(_ => Event(size))];

    public static async Task<Guid[]> Ids(this IEventStore store, string stream, CancellationToken ct) => await store
        .ReadStream(stream, ReadDirection.Forwards, null, null, ct).Select(read => read.Id).ToArrayAsync(ct);

    public static async Task<Guid[]> AllIds(this IEventStore store, CancellationToken ct) => await store
        .ReadAll(ReadDirection.Forwards, null, null, ct).Select(read => read.Id).ToArrayAsync(ct);
}
