using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Spreadsheets;

/// <summary>A Google spreadsheet that exporters may write to. Stream: <c>spreadsheet-{spreadsheetKey}</c>.</summary>
public static class Spreadsheet
{
    public abstract record State
    {
        private State() { }

        public sealed record Unknown : State;

        /// <param name="Created">True = made by us.</param>
        public sealed record Connected(Guid AccountId, string SpreadsheetId, string Title, string Url, bool Created) : State;

        public sealed record Removed : State;
    }

    public static readonly Decider<State> Decider = new(new State.Unknown(), Evolve);

    public static string StreamOf(Guid spreadsheetKey) => $"spreadsheet-{spreadsheetKey:N}";

    public static IReadOnlyList<IEvent> Connect(
        State state, Guid key, Guid accountId, SpreadsheetInfo found, bool created) => state switch
    {
        State.Unknown =>
            [new SpreadsheetConnected(key, accountId, found.SpreadsheetId, found.Title, found.Url, created)],
        _ => throw new NotFoundException(),
    };

    /// <summary>Another account writes to it from now on.</summary>
    public static IReadOnlyList<IEvent> WriteAs(State state, Guid key, Guid accountId, SpreadsheetInfo found) =>
        Require(state) is var connected && connected.AccountId == accountId
            ? []
            : [new SpreadsheetConnected(key, accountId, connected.SpreadsheetId, found.Title, found.Url, connected.Created)];

    public static IReadOnlyList<IEvent> NoteTest(State state, Guid key, string? title, string? code) => state switch
    {
        State.Connected connected => [new SpreadsheetTested(key, title ?? connected.Title, code)],
        _ => throw NotConnected(),
    };

    public static IReadOnlyList<IEvent> Remove(State state, Guid key) =>
        state is State.Connected ? [new SpreadsheetRemoved(key)] : [];

    /// <exception cref="RefusedException">CK-SPREADSHEET-01: it is not connected (any more).</exception>
    public static State.Connected Require(State state) => state as State.Connected ?? throw NotConnected();

    public static State Evolve(State state, IEvent @event) => (state, @event) switch
    {
        (_, SpreadsheetConnected e) => new State.Connected(e.AccountId, e.SpreadsheetId, e.Title, e.Url, e.Created),
        (State.Connected connected, SpreadsheetTested e) => connected with { Title = e.Title },
        (_, SpreadsheetTested) => state,
        (_, SpreadsheetRemoved) => new State.Removed(),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a spreadsheet stream."),
    };

    private static RefusedException NotConnected() => new(SpreadsheetCodes.NotConnected);
}
