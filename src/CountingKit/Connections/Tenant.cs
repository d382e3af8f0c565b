using System.Diagnostics;
using CountingKit.EventSourcing;

namespace CountingKit.Connections;

/// <summary>
/// Which connection a Xero organization belongs to: at most one in the installation. All rivals meet on this stream:
/// <c>tenant-{tenantId}</c>.
/// </summary>
public static class Tenant
{
    public abstract record State
    {
        private State() { }

        public sealed record Free : State;

        public sealed record Held(Guid ConnectionId, Guid WorkspaceId) : State;
    }

    public static readonly Decider<State> Decider = new(new State.Free(), Evolve);

    public static string StreamOf(Guid tenantId) => $"tenant-{tenantId:N}";

    /// <exception cref="RefusedException">
    /// Held by another connection; one of another workspace is not named, nor is the workspace.
    /// </exception>
    public static IReadOnlyList<IEvent> Connect(State state, OrganizationClaimed claim) => state switch
    {
        State.Free => [claim],
        State.Held held when held.ConnectionId == claim.ConnectionId => [],
        State.Held held when held.WorkspaceId == claim.WorkspaceId => throw new RefusedException(
            ConnectionCodes.ConnectedHere,
            $"{claim.OrganizationName} is already connected in this workspace. {ConnectionCodes.ConnectedHere.Advice}"),
        _ => throw new RefusedException(
            ConnectionCodes.ConnectedElsewhere,
            $"{claim.OrganizationName} is connected in another workspace of this installation. "
            + ConnectionCodes.ConnectedElsewhere.Advice),
    };

    public static IReadOnlyList<IEvent> Release(State state, OrganizationReleased release) => state switch
    {
        State.Held held when held.ConnectionId == release.ConnectionId => [release],
        _ => [],
    };

    public static State Evolve(State state, IEvent @event) => @event switch
    {
        OrganizationClaimed e => new State.Held(e.ConnectionId, e.WorkspaceId),
        OrganizationReleased => new State.Free(),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a tenant stream."),
    };
}
