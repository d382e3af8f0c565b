using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>Something that happened to a connection, as its page tells it.</summary>
[PrimaryKey(nameof(ConnectionId), nameof(Revision))]
public sealed class ConnectionTimelineRow : IReadRow
{
    public Guid ConnectionId { get; set; }

    /// <summary>The event's number in the connection's stream.</summary>
    public long Revision { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>See <see cref="EventSourcing.Actor"/>.</summary>
    [MaxLength(100)]
    public required string Actor { get; set; }

    [MaxLength(300)]
    public required string Text { get; set; }

    /// <summary>Of a trouble; null = none.</summary>
    [MaxLength(40)]
    public string? Code { get; set; }
}

public sealed class ConnectionTimelineProjection : IProjection
{
    public Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        if (Told(recorded.Event) is var (connectionId, text, code))
            rows.Add(new ConnectionTimelineRow
            {
                ConnectionId = connectionId,
                Revision = (long)recorded.Stored.Revision,
                At = recorded.At.UtcDateTime,
                Actor = recorded.Metadata.Actor,
                Text = text,
                Code = code,
            });
        return Task.CompletedTask;
    }

    private static (Guid ConnectionId, string Text, string? Code)? Told(IEvent @event) => @event switch
    {
        OrganizationConnected e => (e.ConnectionId, "Connected", null),
        OrganizationReconnected e => (e.ConnectionId, "Reconnected", null),
        OrganizationDescribed e => (e.ConnectionId, "Organization details read from Xero", null),
        SignInExpired e => (e.ConnectionId, "Xero no longer accepts the sign-in", e.Code),
        AccessLost e => (e.ConnectionId, "Access to the organization was lost", e.Code),
        AccessRegained e => (e.ConnectionId, "The organization can be read again", null),
        ConnectionPaused e => (e.ConnectionId, "Paused", null),
        ConnectionResumed e => (e.ConnectionId, "Resumed", null),
        ConnectionLabeled e => (e.ConnectionId, "Alias, client code or tags changed", null),
        DisconnectRequested e => (e.ConnectionId, "Disconnect asked for", null),
        DisconnectStepTaken e => (e.ConnectionId, $"Disconnecting: {DisconnectSteps.Words(e.Step)}", null),
        OrganizationDisconnected e => (e.ConnectionId, "Disconnected; its sign-in is deleted unless another organization uses it", null),
        _ => null,
    };
}
