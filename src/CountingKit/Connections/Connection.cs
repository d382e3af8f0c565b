using System.Globalization;
using System.Collections.Immutable;
using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.Connections;

/// <summary>The link to one Xero organization. Stream: <c>connection-{connectionId}</c>.</summary>
public static class Connection
{
    public abstract record State
    {
        private State() { }

        public sealed record NotOpened : State;

        /// <param name="Trouble">Why nothing can be read, as far as we know; null = reading works.</param>
        /// <param name="SignInId">The sign-in that reconnected it last; null = never reconnected.</param>
        /// <param name="LabelsVersion">How often they were changed.</param>
        /// <param name="Description">Null = Xero was not asked yet.</param>
        public sealed record Open(
            Guid ConnectionId, Guid TenantId, string OrganizationName, IEvent? Trouble, bool IsPaused, Guid? SignInId,
            ConnectionLabeled? Labels, int LabelsVersion, OrganizationDescribed? Description) : State;

        /// <param name="Steps">Those that were begun.</param>
        public sealed record Disconnecting(Guid ConnectionId, Guid TenantId, ImmutableHashSet<string> Steps) : State;

        public sealed record Disconnected : State;
    }

    public static readonly Decider<State> Decider = new(new State.NotOpened(), Evolve);

    /// <summary>Whether somebody asked to disconnect it, which nothing takes back.</summary>
    public static readonly Decider<bool> Ending = new(false, (isEnding, e) => isEnding || e is DisconnectRequested);

    public static string StreamOf(Guid connectionId) => $"connection-{connectionId:N}";

    public static IReadOnlyList<IEvent> Open(State state, OrganizationClaimed claim) => state switch
    {
        State.NotOpened =>
        [
            new OrganizationConnected(
                claim.ConnectionId, claim.TenantId, claim.OrganizationName, claim.XeroUserId, claim.Scopes),
        ],
        _ => [],
    };

    /// <param name="granted">What the person allowed on Xero's page.</param>
    /// <exception cref="RefusedException">
    /// It is another organization (then it is named), or no longer connected.
    /// </exception>
    public static IReadOnlyList<IEvent> Reconnect(State state, XeroSignInGranted granted)
    {
        var open = Connected(state);
        if (open.SignInId == granted.SignInId) return [];
        var chosen = granted.Organizations.Where(o => o.JustGranted).ToList();
        if (chosen.Count == 0) chosen = [.. granted.Organizations];
        return chosen.Find(o => o.TenantId == open.TenantId) is { } same
            ? [new OrganizationReconnected(
                open.ConnectionId, open.TenantId, same.Name, granted.XeroUserId, granted.Scopes, granted.SignInId)]
            : throw new RefusedException(
                ConnectionCodes.OtherOrganization,
                $"You signed in to {string.Join(", ", chosen.Select(o => Apart(o, open)))}; this connection reads "
                + $"{open.OrganizationName}. Nothing was changed. {ConnectionCodes.OtherOrganization.Advice}");
    }

    /// <summary>Two organizations may bear one name in Xero.</summary>
    private static string Apart(XeroChoice chosen, State.Open open) => chosen.Name == open.OrganizationName
        ? $"another {chosen.Name} ({ConnectionNames.EndOf(chosen.TenantId)})"
        : chosen.Name;

    /// <summary>Xero answered for the organization.</summary>
    public static IReadOnlyList<IEvent> Found(State state, OrganizationDescribed found)
    {
        if (state is not State.Open open) return [];
        var events = new List<IEvent>();
        if (open.Trouble is not null) events.Add(new AccessRegained(open.ConnectionId));
        if (open.Description != found) events.Add(found);
        return events;
    }

    /// <summary>Xero gave the organization's data, to who knew of this trouble; a newer one stands.</summary>
    public static IReadOnlyList<IEvent> Answered(State state, IEvent trouble) =>
        state is State.Open open && trouble.Equals(open.Trouble) ? [new AccessRegained(open.ConnectionId)] : [];

    /// <summary>Xero did not answer for the organization. Only what a person must mend is told.</summary>
    public static IReadOnlyList<IEvent> Failed(State state, SourceProblem problem, string code)
    {
        if (state is not State.Open open) return [];
        IEvent? trouble = problem switch
        {
            SourceProblem.SignInExpired => new SignInExpired(open.ConnectionId, code),
            SourceProblem.NoAccess => new AccessLost(open.ConnectionId, code),
            _ => null,
        };
        return trouble is null || trouble.Equals(open.Trouble) ? [] : [trouble];
    }

    public static IReadOnlyList<IEvent> Pause(State state) =>
        Connected(state) is { IsPaused: false } open ? [new ConnectionPaused(open.ConnectionId)] : [];

    public static IReadOnlyList<IEvent> Resume(State state) =>
        Connected(state) is { IsPaused: true } open ? [new ConnectionResumed(open.ConnectionId)] : [];

    /// <param name="madeFrom">The version of the labels that was changed into these; null = whichever it is now.</param>
    /// <exception cref="RefusedException">CK-CONN-07: they were changed since that version; or it is not connected.</exception>
    public static IReadOnlyList<IEvent> Label(State state, ConnectionLabeled labels, int? madeFrom = null)
    {
        var open = Connected(state);
        if (open.Labels is { } known && Same(known, labels)) return [];
        return madeFrom is null || madeFrom == open.LabelsVersion
            ? [labels]
            : throw new ChangedMeanwhileException(ConnectionCodes.LabelsChanged, open.LabelsVersion);
    }

    /// <param name="typedName">Letter case, the width of spaces and what cannot be seen do not matter.</param>
    public static IReadOnlyList<IEvent> RequestDisconnect(State state, string typedName)
    {
        if (state is State.Disconnecting) return [];
        var open = Connected(state);
        return string.Equals(Plain(typedName), Plain(open.OrganizationName), StringComparison.OrdinalIgnoreCase)
            ? [new DisconnectRequested(open.ConnectionId, open.TenantId)]
            : throw new RefusedException(
                ConnectionCodes.NameDiffers,
                $"To disconnect, type {Plain(open.OrganizationName)}. Nothing was disconnected.");
    }

    public static IReadOnlyList<IEvent> TakeStep(State state, string step) => state switch
    {
        State.Disconnecting ending when !ending.Steps.Contains(step) =>
            [new DisconnectStepTaken(ending.ConnectionId, step)],
        _ => [],
    };

    public static IReadOnlyList<IEvent> EndDisconnect(State state) => state switch
    {
        State.Disconnecting ending => [new OrganizationDisconnected(ending.ConnectionId, ending.TenantId)],
        _ => [],
    };

    public static State Evolve(State state, IEvent @event) => (state, @event) switch
    {
        (State.NotOpened, OrganizationConnected e) =>
            new State.Open(e.ConnectionId, e.TenantId, e.OrganizationName, null, false, null, null, 0, null),
        (State.Open s, OrganizationReconnected e) =>
            s with { OrganizationName = e.OrganizationName, Trouble = null, SignInId = e.SignInId },
        (State.Open s, OrganizationDescribed e) => s with { OrganizationName = e.OrganizationName, Description = e },
        (State.Open s, SignInExpired or AccessLost) => s with { Trouble = @event },
        (State.Open s, AccessRegained) => s with { Trouble = null },
        (State.Open s, ConnectionPaused) => s with { IsPaused = true },
        (State.Open s, ConnectionResumed) => s with { IsPaused = false },
        (State.Open s, ConnectionLabeled e) => s with { Labels = e, LabelsVersion = s.LabelsVersion + 1 },
        (State.Open, DisconnectRequested e) => new State.Disconnecting(e.ConnectionId, e.TenantId, []),
        (State.Disconnecting s, DisconnectStepTaken e) => s with { Steps = s.Steps.Add(e.Step) },
        (State.Disconnecting, OrganizationDisconnected) => new State.Disconnected(),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not follow {state.GetType().Name}."),
    };

    /// <summary>What a command needs: a connection that is open.</summary>
    public static State.Open Connected(State state) => state switch
    {
        State.Open open => open,
        State.Disconnecting => throw Refused(ConnectionCodes.Disconnecting),
        _ => throw Refused(ConnectionCodes.NotConnected),
    };

    private static RefusedException Refused(ErrorCode code) => new(code);

    private static bool Same(ConnectionLabeled one, ConnectionLabeled other) =>
        one.Alias == other.Alias && one.ClientCode == other.ClientCode && one.Tags.SequenceEqual(other.Tags);

    /// <summary>A name as a person reads and types it: without what cannot be seen, such as a turn of the writing direction.</summary>
    public static string Plain(string name) => string.Join(' ',
        string.Concat(name.Normalize().Where(c => char.IsWhiteSpace(c) || !IsUnseen(c)))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsUnseen(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
