using System.Diagnostics;
using CountingKit.EventSourcing;

namespace CountingKit.Spreadsheets;

/// <summary>A Google account or service account that we write as. Stream: <c>googleaccount-{accountId}</c>.</summary>
public static class GoogleAccount
{
    public abstract record State
    {
        private State() { }

        public sealed record Unknown : State;

        public sealed record Connected(AccountKind Kind, bool Expired) : State;

        public sealed record Disconnecting : State;

        public sealed record Disconnected : State;
    }

    public static readonly Decider<State> Decider = new(new State.Unknown(), Evolve);

    public static string StreamOf(Guid accountId) => $"googleaccount-{accountId:N}";

    public static IReadOnlyList<IEvent> Connect(
        State state, Guid accountId, AccountKind kind, IReadOnlyList<string> scopes) => state switch
    {
        State.Unknown => [new GoogleAccountConnected(accountId, kind, scopes)],
        State.Connected connected when connected.Kind == kind => [new GoogleAccountReconnected(accountId, scopes)],
        State.Connected => throw OtherKind(),
        _ => throw Ended(),
    };

    public static IReadOnlyList<IEvent> NoteExpired(State state, Guid accountId, string code) =>
        state is State.Connected { Expired: false } ? [new GoogleSignInExpired(accountId, code)] : [];

    /// <summary>Google takes the sign-in again without a new one, such as a key that was switched on again.</summary>
    public static IReadOnlyList<IEvent> NoteRegained(State state, Guid accountId) =>
        state is State.Connected { Expired: true } ? [new GoogleSignInRegained(accountId)] : [];

    public static IReadOnlyList<IEvent> RequestDisconnect(State state, Guid accountId) => state switch
    {
        State.Connected => [new GoogleDisconnectRequested(accountId)],
        State.Disconnecting => [],
        _ => throw Ended(),
    };

    public static IReadOnlyList<IEvent> FinishDisconnect(State state, Guid accountId) =>
        state is State.Disconnecting ? [new GoogleAccountDisconnected(accountId)] : [];

    public static State Evolve(State state, IEvent @event) => (state, @event) switch
    {
        (_, GoogleAccountConnected e) => new State.Connected(e.Kind, Expired: false),
        (State.Connected connected, GoogleAccountReconnected) => connected with { Expired = false },
        (State.Connected connected, GoogleSignInExpired) => connected with { Expired = true },
        (State.Connected connected, GoogleSignInRegained) => connected with { Expired = false },
        (_, GoogleDisconnectRequested) => new State.Disconnecting(),
        (_, GoogleAccountDisconnected) => new State.Disconnected(),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong here in a Google account stream."),
    };

    /// <exception cref="RefusedException">CK-SPREADSHEET-02: it is not connected (any more).</exception>
    public static State.Connected Require(State state) => state as State.Connected ?? throw Ended();

    /// <summary>For a sign-in that only this kind of account has.</summary>
    /// <exception cref="RefusedException">CK-SPREADSHEET-02, or CK-GOOGLE-SIGNIN-08: it is of the other kind.</exception>
    public static void Require(State state, AccountKind kind)
    {
        if (Require(state).Kind != kind) throw OtherKind();
    }

    private static RefusedException OtherKind() => new(GoogleSignInCodes.OtherAccount);

    private static RefusedException Ended() => new(SpreadsheetCodes.AccountEnded);
}
