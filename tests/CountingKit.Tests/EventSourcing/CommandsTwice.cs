using CountingKit.Adapters.Embedded;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Testing;
using CountingKit.Tests.Connections;
using CountingKit.Tests.Exporters;
using CountingKit.Workspaces;
using CsCheck;

namespace CountingKit.Tests.EventSourcing;

/// <summary>
/// Any sequence of an aggregate's commands, each sent a second time with its number: at once, and once more after others. The
/// second time changes nothing, what was refused stays refused, and whatever was accepted can be read back.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class CommandsTwice : IAsyncDisposable
{
    private const int Walks = 40;

    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 3).Select(n => new Guid(n, 0, 0, new byte[8]))];
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly EventCatalog catalog = CountingKitRegistration.Events();
    private readonly EmbeddedEventStore store;

    public CommandsTwice() => store = new(new(folder["events.db"]), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public Task Of_a_connection() => Walk(Connection.Decider,
        (state, _, _) => Connection.Open(state, Acme.Claimed),
        (state, _, any) => Connection.Reconnect(state, Acme.Granted(Acme.Choice(any == 0 ? Acme.Tenant : Ids[any], Acme.Name))),
        (state, _, any) => Connection.Found(state, Acme.Described with { OrganizationName = any == 0 ? Acme.Name : "Acme Inc" }),
        (state, _, any) => Connection.Failed(state, any == 0 ? SourceProblem.SignInExpired : SourceProblem.NoAccess, "CK-XERO-AUTH-02"),
        (state, _, _) => Connection.Pause(state),
        (state, _, _) => Connection.Resume(state),
        (state, _, any) => Connection.Label(state, new(Acme.Connection, $"Alias {any}", null, []), any == 2 ? null : any),
        (state, _, any) => any == 2 ? Connection.RequestDisconnect(state, Acme.Name) : [],
        (state, _, any) => Connection.TakeStep(state, DisconnectSteps.All[any]),
        (state, _, _) => Connection.EndDisconnect(state));

    [Fact]
    public Task Of_an_organization_s_claim() => Walk(Tenant.Decider,
        (state, _, any) => Tenant.Connect(state, Acme.Claimed with { ConnectionId = Ids[any] }),
        (state, _, any) => Tenant.Release(state, Acme.Released with { ConnectionId = Ids[any] }));

    [Fact]
    public Task Of_an_exporter() => Walk(Exporter.Decider,
        (state, _, _) => Exporter.Open(state, Ids[0], Configurations.Invoices, "sheet"),
        (state, _, any) => Exporter.Change(
            state, Ids[0], Configurations.Invoices with { Name = $"Name {any}", ConnectionIds = [Configurations.Acme, Configurations.Beta] }, "sheet"),
        (state, _, any) => Exporter.Change(state, Ids[0], Configurations.Invoices with { Name = "Made from" }, "sheet", any),
        (state, _, _) => Exporter.Pause(state, Ids[0]),
        (state, _, _) => Exporter.Resume(state, Ids[0]),
        (state, _, any) => Exporter.LoseOrganization(state, Ids[0], any == 0 ? Configurations.Acme : Configurations.Beta),
        (state, _, any) => any == 2 ? Exporter.Delete(state, Ids[0], "deleted") : []);

    [Fact]
    public Task Of_the_tabs_of_a_spreadsheet() => Walk(SpreadsheetTabs.Decider,
        (state, _, any) => SpreadsheetTabs.Claim(state, "sheet", Ids[any], Configurations.Invoices),
        (state, _, any) => SpreadsheetTabs.Take(state, "sheet", "Other", Ids[any]),
        (state, _, any) => SpreadsheetTabs.Keep(state, "sheet", "other", Ids[any]),
        (state, _, any) => SpreadsheetTabs.Release(state, "sheet", any == 0 ? "Invoices" : "Other", Ids[any]));

    [Fact]
    public Task Of_a_queue_of_runs() => Walk(RunQueue.Decider,
        (state, number, any) => RunQueue.Request(
            state, new(
                Ids[0], number, 1, Configurations.Invoices, "sheet", Guid.Empty, RunTrigger.Person,
                ReplayOf: any == 0 ? null : Ids[1], ReplayTab: any == 2 ? "Beside" : null), number),
        (state, _, _) => RunQueue.Release(state, Ids[0], state.ActiveRunId ?? Ids[2], null));

    [Fact]
    public Task Of_a_run() => Walk(Run.Decider,
        (state, _, _) => Run.Open(state, Started),
        (state, _, any) => any == 0 ? Run.GiveUp(state, Started, At) : [],
        (state, _, _) => Run.Cancel(state, Ids[0]),
        (state, _, _) => Run.Stop(state, Ids[0], RunCodes.ExporterDeleted),
        (state, _, any) => Run.Wait(state, new(Ids[0], $"CK-XERO-LIMIT-0{any + 1}", "It waits.", any == 0 ? null : At)));

    [Fact]
    public Task Of_a_Google_account() => Walk(GoogleAccount.Decider,
        (state, _, any) => GoogleAccount.Connect(state, Ids[0], any == 2 ? AccountKind.ServiceAccount : AccountKind.Person, []),
        (state, _, _) => GoogleAccount.NoteExpired(state, Ids[0], "CK-GOOGLE-AUTH-01"),
        (state, _, _) => GoogleAccount.NoteRegained(state, Ids[0]),
        (state, _, any) => any == 2 ? GoogleAccount.RequestDisconnect(state, Ids[0]) : [],
        (state, _, _) => GoogleAccount.FinishDisconnect(state, Ids[0]));

    [Fact]
    public Task Of_a_spreadsheet() => Walk(Spreadsheet.Decider,
        (state, _, _) => Spreadsheet.Connect(state, Ids[0], Ids[1], new("sheet", "Books", "https://sheet", null, true, []), created: true),
        (state, _, any) => Spreadsheet.NoteTest(state, Ids[0], Ids[1], any == 0 ? null : $"Books {any}", any == 2 ? "CK-GOOGLE-01" : null),
        (state, _, any) => Spreadsheet.WriteAs(state, Ids[0], Ids[any], before: Ids[1]),
        (state, _, any) => any == 2 ? Spreadsheet.Remove(state, Ids[0]) : []);

    [Fact]
    public Task Of_the_segments_of_a_resource() => Walk(SegmentList.Decider,
        (state, number, any) => SegmentList.Add(
            state, new(Ids[0], "Invoices"), new($"{number:N}{number:N}", IsBase: any == 0, state.Segments.Count, 10, 900), 1, 2, 3));

    [Fact]
    public Task Of_a_workspace() => Walk(Workspace.Decider,
        (state, _, any) => Workspace.Create(state, Ids[0], "Books", Ids[any]),
        (state, _, any) => Workspace.AddMember(state, Ids[0], Ids[any], any == 0 ? Role.Owner : Role.Viewer, any == 1 ? [Ids[1]] : null),
        (state, _, any) => Workspace.RemoveMember(state, Ids[0], Ids[any]),
        (state, _, _) => Workspace.RebuildReadModels(state, Ids[0]),
        (state, _, _) => Workspace.TrySetAsideAgain(state, Ids[0]),
        (state, _, any) => Workspace.DismissOlderLog(state, Ids[0], any == 0 ? null : new(At, At)));

    private static RunStarted Started => new(
        Ids[0], Ids[1], 1, Configurations.Invoices, "sheet", Guid.Empty, RunTrigger.Person, At);

    /// <param name="commands">By state, the command's number, and one of three to choose among.</param>
    private Task Walk<TState>(Decider<TState> decider, params Func<TState, Guid, int, IReadOnlyList<IEvent>>[] commands) =>
        Gen.Int[0, (commands.Length * Ids.Length) - 1].List[1, 30].SampleAsync(
            picks => Walk($"walk-{Guid.CreateVersion7():N}", decider, commands, picks), iter: Walks, threads: 1);

    private async Task Walk<TState>(
        string stream, Decider<TState> decider, Func<TState, Guid, int, IReadOnlyList<IEvent>>[] commands, List<int> picks)
    {
        var effective = new List<(Guid Number, Func<TState, IReadOnlyList<IEvent>> Decide, Appended Appended)>();
        foreach (var pick in picks)
        {
            var number = Guid.CreateVersion7();
            IReadOnlyList<IEvent> Decide(TState state) => commands[pick % commands.Length](state, number, pick / commands.Length);
            var first = await Send(stream, decider, number, Decide, isFirst: true);
            var length = await Length(stream);
            var second = await Send(stream, decider, number, Decide);

            (second?.Appended, second is null).Should().Be((first?.Appended, first is null));
            (await Length(stream)).Should().Be(length, "the second time changes nothing");
            if (first is { Events.Count: > 0 }) effective.Add((number, Decide, first.Appended));
        }

        var end = await Length(stream);
        foreach (var (number, decide, appended) in effective)
            (await Send(stream, decider, number, decide))!.Appended.Should().Be(appended, "also after others");
        (await Length(stream)).Should().Be(end);
        await Streams(Guid.CreateVersion7(), isFirst: false).Read(stream, decider, default);
    }

    /// <returns>Null = refused.</returns>
    private async Task<Transacted<TState>?> Send<TState>(
        string stream, Decider<TState> decider, Guid number, Func<TState, IReadOnlyList<IEvent>> decide, bool isFirst = false)
    {
        try
        {
            return await Streams(number, isFirst).Transact(stream, decider, decide, default);
        }
        catch (Exception refused) when (refused is RefusedException or NotFoundException)
        {
            return null;
        }
    }

    private async Task<int> Length(string stream) =>
        await store.ReadStream(stream, ReadDirection.Forwards, null, int.MaxValue, default).CountAsync();

    private Streams Streams(Guid number, bool isFirst) => new(
        store, catalog,
        new() { Context = new(number, number, number, Actor.System, Guid.Empty, []) { IsFirst = isFirst } }, TimeProvider.System);
}
