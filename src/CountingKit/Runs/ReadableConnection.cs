using CountingKit.Connections;
using CountingKit.EventSourcing;

namespace CountingKit.Runs;

/// <summary>What a run needs to know of a connection that it reads, folded from the connection's own stream.</summary>
/// <param name="OrganizationName">As it is now.</param>
/// <param name="Status">Whether it may be read.</param>
public sealed record ReadableConnection(string OrganizationName, ReadableStatus Status)
{
    public static readonly Decider<ReadableConnection> Decider = new(new("", ReadableStatus.Gone), Evolve);

    public static string StreamOf(Guid connectionId) => $"connection-{connectionId:N}";

    private static ReadableConnection Evolve(ReadableConnection state, IEvent @event) => @event switch
    {
        OrganizationConnected e => new(e.OrganizationName, ReadableStatus.Readable),
        OrganizationReconnected e => state with { OrganizationName = e.OrganizationName },
        OrganizationDescribed e => state with { OrganizationName = e.OrganizationName },
        ConnectionPaused => state with { Status = ReadableStatus.Paused },
        ConnectionResumed => state with { Status = ReadableStatus.Readable },
        DisconnectRequested or OrganizationDisconnected => state with { Status = ReadableStatus.Gone },
        _ => state, // What else happens to a connection does not decide whether a run may try.
    };
}

public enum ReadableStatus { Readable, Paused, Gone }
