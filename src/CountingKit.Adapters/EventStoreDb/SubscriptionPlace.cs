using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.Adapters.EventStoreDb.Protos;
using CountingKit.EventSourcing;
using Content = CountingKit.Adapters.EventStoreDb.Protos.ReadResp.ContentOneofCase;

namespace CountingKit.Adapters.EventStoreDb;

/// <summary>How far a subscription came, over all the calls that it takes: so that nothing comes twice.</summary>
internal sealed class SubscriptionPlace(Position? after)
{
    private bool isLive;

    /// <summary>Everything up to here was given or is not for us; null = nothing yet.</summary>
    public Position? Last { get; private set; } = after;

    /// <summary>What the reader gets of a message; null = nothing. Unknown messages of newer servers are nothing.</summary>
    public SubscriptionMessage? Take(ReadResp message) => message.ContentCase switch
    {
        Content.Event => Take(message.Event),
        Content.Checkpoint => MovesTo(new(message.Checkpoint.CommitPosition, message.Checkpoint.PreparePosition))
            ? new SubscriptionMessage.Checkpoint(Last!.Value)
            : null,
        Content.CaughtUp => Live(true),
        Content.FellBehind => Live(false),
        _ => null,
    };

    /// <summary>The call broke.</summary>
    /// <returns>True = the reader was told before that it is live, and is not any more.</returns>
    public bool Lost() => Live(false) is not null;

    private SubscriptionMessage.Event? Take(ReadResp.Types.ReadEvent read)
    {
        var placed = read.Link ?? read.Event;
        if (placed is null || !MovesTo(new(placed.CommitPosition, placed.PreparePosition)) || read.Event is null)
            return null;
        var stored = Recorded.ToStored(read.Event);
        return stored.Type.StartsWith('$') || stored.Stream.StartsWith('$') ? null : new SubscriptionMessage.Event(stored);
    }

    // A checkpoint may lag behind events that were given, and a server may begin with the event that was the last.
    private bool MovesTo(Position position)
    {
        if (Last is { } last && position <= last) return false;
        Last = position;
        return true;
    }

    private SubscriptionMessage? Live(bool live)
    {
        if (live == isLive) return null;
        isLive = live;
        return live ? new SubscriptionMessage.CaughtUp() : new SubscriptionMessage.FellBehind();
    }
}
