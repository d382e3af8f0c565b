using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;

namespace CountingKit.Benchmarks;

/// <summary>
/// The two logs that are measured, both empty: the embedded one, and an EventStoreDB, which is the stand-in in a process of
/// its own unless <c>COUNTINGKIT_TEST_EVENTSTORE</c> names a server.
/// </summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly EventStoreDbProcess? standIn;
    private readonly EmbeddedEventStore embedded;
    private readonly EventStoreDbEventStore eventStoreDb;

    private Stores(TempFolder folder, EventStoreDbProcess? standIn, string connectionString)
    {
        (this.folder, this.standIn) = (folder, standIn);
        embedded = new(new(File), TimeProvider.System);
        eventStoreDb = new(Adapters.EventStoreDb.EventStoreDbOptions.Parse(connectionString, folder.Path), TimeProvider.System);
    }

    public IEventStore Embedded => embedded;

    public IEventStore EventStoreDb => eventStoreDb;

    /// <summary>The embedded log's.</summary>
    public string File => folder["events.db"];

    public static async Task<Stores> Open()
    {
        var folder = new TempFolder();
        if (Environment.GetEnvironmentVariable(EventStoreUnderTest.Variable) is { Length: > 0 } real)
        {
            Console.WriteLine($"EventStoreDB: the server that {EventStoreUnderTest.Variable} names.");
            return new(folder, null, real);
        }

        Console.WriteLine("EventStoreDB: a stand-in in a process of its own.");
        var standIn = await EventStoreDbProcess.Start(folder["server"]);
        return new(folder, standIn, standIn.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await embedded.DisposeAsync();
        await eventStoreDb.DisposeAsync();
        if (standIn is not null) await standIn.DisposeAsync();
        folder.Dispose();
    }
}
