using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;

namespace CountingKit.Tests.EventSourcing;

[Trait("Speed", "Slow")]
public sealed class EmbeddedEventStoreTests : EventStoreContract
{
    private readonly TempFolder folder = new();

    protected override IEventStore Open() =>
        new EmbeddedEventStore(new EmbeddedEventStoreOptions(folder["deeper/events.db"]), TimeProvider.System);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
