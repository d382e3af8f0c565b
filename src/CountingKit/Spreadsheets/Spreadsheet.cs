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

        public sealed record Connected(Guid AccountId, string SpreadsheetId, string Title, string Url) : State;

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
    /// <param name="before">That has written to it so far; by now it may be another one.</param>
    public static IReadOnlyList<IEvent> WriteAs(State state, Guid key, Guid accountId, Guid before)
    {
        var connected = Require(state);
        if (connected.AccountId == accountId) return [];
        return connected.AccountId == before
            ? [new SpreadsheetAccountChanged(key, accountId)]
            : throw new RefusedException(SpreadsheetCodes.AccountChanged);
    }

    /// <param name="accountId">That was tested. What it can do says nothing of one that was chosen meanwhile.</param>
    public static IReadOnlyList<IEvent> NoteTest(State state, Guid key, Guid accountId, string? title, string? code)
    {
        var connected = Require(state);
        return connected.AccountId == accountId ? [new SpreadsheetTested(key, title ?? connected.Title, code)] : [];
    }

    public static IReadOnlyList<IEvent> Remove(State state, Guid key) =>
        state is State.Connected ? [new SpreadsheetRemoved(key)] : [];

    /// <exception cref="RefusedException">CK-SPREADSHEET-01: it is not connected (any more).</exception>
    public static State.Connected Require(State state) => state as State.Connected ?? throw NotConnected();

    public static State Evolve(State state, IEvent @event) => (state, @event) switch
    {
        (_, SpreadsheetConnected e) => new State.Connected(e.AccountId, e.SpreadsheetId, e.Title, e.Url),
        (State.Connected connected, SpreadsheetTested e) => connected with { Title = e.Title },
        (State.Connected connected, SpreadsheetAccountChanged e) => connected with { AccountId = e.AccountId },
        (_, SpreadsheetTested) => state,
        (_, SpreadsheetRemoved) => new State.Removed(),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a spreadsheet stream."),
    };

    private static RefusedException NotConnected() => new(SpreadsheetCodes.NotConnected);
}
