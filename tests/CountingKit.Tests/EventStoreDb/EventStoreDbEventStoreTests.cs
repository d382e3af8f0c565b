using CountingKit.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Tests.EventSourcing;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>The contract over gRPC: against a real server where one is named, otherwise against the stand-in.</summary>
[Trait("Speed", "Slow")]
public sealed class EventStoreDbEventStoreTests : EventStoreContract
{
    private EventStoreUnderTest server = null!;

    public override async Task InitializeAsync()
    {
        server = await EventStoreUnderTest.Start();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await server.DisposeAsync();
    }

    protected override IEventStore Open() => TestStores.Open(server.ConnectionString);
}
