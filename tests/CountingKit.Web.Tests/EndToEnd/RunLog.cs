using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;
using CountingKit.Testing.Portal;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Reads the log of a portal process, beside it.</summary>
internal static class RunLog
{
    private static readonly string[] Final =
        ["export-completed.v1", "no-changes-found.v1", "run-failed.v1", "run-canceled.v1"];

    /// <summary>Names of the events of a run's stream, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> Of(PortalProcess portal, Guid runId)
    {
        var names = new List<string>();
        await foreach (var stored in Open(portal).ReadStream(
            $"run-{runId:N}", ReadDirection.Forwards, null, null, default))
            names.Add(stored.Type);
        return names;
    }

    public static async Task EndedOnce(PortalProcess portal, Guid runId) =>
        (await Of(portal, runId)).Where(Final.Contains).Should().ContainSingle();

    /// <summary>All events, oldest first.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> All(PortalProcess portal)
    {
        var events = new List<StoredEvent>();
        await foreach (var stored in Open(portal).ReadAll(ReadDirection.Forwards, null, null, default))
            events.Add(stored);
        return events;
    }

    private static IEventStore Open(PortalProcess portal) => EventStoreDbOptions.IsMeant(portal.EventStore)
        ? new EventStoreDbEventStore(EventStoreDbOptions.Parse(portal.EventStore, portal.DataFolder), TimeProvider.System)
        : new EmbeddedEventStore(EmbeddedEventStoreOptions.Parse(portal.EventStore, portal.DataFolder), TimeProvider.System);
}
