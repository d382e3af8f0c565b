using CountingKit.EventSourcing;

namespace CountingKit.Connections;

/// <summary>
/// Opens a connection's stream when its organization was claimed, has Xero asked when there is reason to, and has a
/// disconnect carried through.
/// </summary>
internal sealed class ConnectionReactor : IReactor
{
    public string Name => "connections";

    public async Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case OrganizationClaimed claim:
                await reaction.Transact(
                    Connection.StreamOf(claim.ConnectionId), Connection.Decider,
                    state => Connection.Open(state, claim), ct);
                break;
            case OrganizationConnected e:
                Ask(e.ConnectionId, reaction);
                break;
            case OrganizationReconnected e:
                Ask(e.ConnectionId, reaction);
                break;
            case DisconnectRequested e:
                reaction.Queue(
                    DisconnectWorker.WorkKind, $"{e.ConnectionId:N}", new DisconnectWork(e.ConnectionId, e.TenantId));
                break;
        }
    }

    /// <summary>Has Xero asked what the organization is, and whether it can be read.</summary>
    internal static void Ask(Guid connectionId, Reaction reaction) => reaction.Queue(
        DescribeWorker.WorkKind, $"{connectionId:N}", new DescribeWork(connectionId));
}
