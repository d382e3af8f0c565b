using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Mirror;

// Stream mirror-{connectionId}-{resource}: which segments hold a resource.

/// <summary>A sync found something new: this segment counts from here on.</summary>
public sealed record SegmentAdded(
    Guid ConnectionId, string Resource, string Hash, bool IsBase, long Sequence, long Versions, long Bytes,
    long Added, long Changed, long Deleted) : IEvent, IConcernsConnection;

public static class MirrorEvents
{
    public static EventCatalog AddMirrorEvents(this EventCatalog catalog) => catalog
        .Map<SegmentAdded>("segment-added.v1", e => new(
            e.Resource is Source.Organization or Source.Connection
                ? "Read the organization's details from Xero"
                : "Read new data from Xero",
            "organization", e.ConnectionId));
}
