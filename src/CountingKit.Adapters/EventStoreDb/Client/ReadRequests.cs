using CountingKit.Adapters.EventStoreDb.Protos;
using CountingKit.EventSourcing;
using Google.Protobuf;
using AllOptions = CountingKit.Adapters.EventStoreDb.Protos.ReadReq.Types.AllOptions;
using FilterOptions = CountingKit.Adapters.EventStoreDb.Protos.ReadReq.Types.FilterOptions;
using Options = CountingKit.Adapters.EventStoreDb.Protos.ReadReq.Types.Options;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>What each kind of read asks for. Every option that the server knows no default of is set.</summary>
internal static class ReadRequests
{
    // Events that the server looks at before it gives way; and how many such pages there are to a checkpoint.
    private const uint Window = 200;
    private const uint PagesToCheckpoint = 10;

    // Types of the server's own begin with a dollar, those of links too.
    private const string NotOfTheServer = "^[^$].*";

    public static ReadReq OfStream(ReadDirection direction, string stream, ulong? from, ulong maxCount)
    {
        var place = new ReadReq.Types.StreamOptions
        {
            StreamIdentifier = new() { StreamName = ByteString.CopyFromUtf8(stream) },
        };
        if (from is { } revision && revision < long.MaxValue) place.Revision = revision;
        else if (direction == ReadDirection.Backwards) place.End = new Empty();
        else if (from is null) place.Start = new Empty();
        else place.Revision = long.MaxValue;

        var options = Plain(direction);
        options.Stream = place;
        options.Count = maxCount;
        options.NoFilter = new Empty();
        return new ReadReq { Options = options };
    }

    public static ReadReq OfAll(ReadDirection direction, Position? from, ulong maxCount, bool withSystemEvents)
    {
        var options = Plain(direction);
        options.All = All(from, direction);
        options.Count = maxCount;
        if (withSystemEvents) options.NoFilter = new Empty();
        else options.Filter = WithoutSystemEvents();
        return new ReadReq { Options = options };
    }

    public static ReadReq SubscriptionToAll(Position? after)
    {
        var options = Plain(ReadDirection.Forwards);
        options.All = All(after, ReadDirection.Forwards);
        options.Subscription = new ReadReq.Types.SubscriptionOptions();
        options.Filter = WithoutSystemEvents();
        return new ReadReq { Options = options };
    }

    private static Options Plain(ReadDirection direction) => new()
    {
        ReadDirection = direction == ReadDirection.Forwards
            ? ReadReq.Types.ReadDirection.Forwards
            : ReadReq.Types.ReadDirection.Backwards,
        UuidOption = new ReadReq.Types.UUIDOption { String = new Empty() },
    };

    private static AllOptions All(Position? from, ReadDirection direction) => (from, direction) switch
    {
        ({ } place, _) => new()
        {
            Position = new AllPosition { CommitPosition = place.Commit, PreparePosition = place.Prepare },
        },
        (null, ReadDirection.Forwards) => new() { Start = new Empty() },
        _ => new() { End = new Empty() },
    };

    private static FilterOptions WithoutSystemEvents() => new()
    {
        EventType = new FilterOptions.Types.Expression { Regex = NotOfTheServer },
        Max = Window,
        CheckpointIntervalMultiplier = PagesToCheckpoint,
    };
}
