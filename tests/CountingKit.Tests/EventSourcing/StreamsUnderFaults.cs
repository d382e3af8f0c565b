using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

/// <summary><see cref="Streams.Transact"/> over a store that loses answers, fails and has rivals.</summary>
public sealed class StreamsUnderFaults : IAsyncDisposable
{
    private const string Counter = "counter-1";

    private static readonly Decider<int> Decider = new(0, (sum, @event) => sum + ((Counted)@event).By);

    private readonly TempFolder folder = new();
    private readonly EventCatalog catalog = new EventCatalog()
        .Map<Counted>("counted.v1", _ => new("Counted", "counter", Guid.Empty))
        .Map<Named>("named.v1", _ => new("Named", "counter", Guid.Empty));
    private readonly EmbeddedEventStore inner;
    private readonly FaultyEventStore store;

    public StreamsUnderFaults()
    {
        inner = new EmbeddedEventStore(new(folder["events.db"]), TimeProvider.System);
        store = new FaultyEventStore(inner);
    }

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_the_events_stand_once()
    {
        store.LoseAnswerOf(1);

        var done = await Transact(Guid.CreateVersion7(), _ => [new Counted(1), new Counted(2)]);

        done.State.Should().Be(3);
        done.Appended.Revision.Should().Be(1);
        store.Appends.Should().Be(2);
        (await Stored()).Should().Equal(1, 2);
    }

    [Fact]
    public async Task A_lost_request_is_sent_again()
    {
        store.LoseRequestOf(1).LoseRequestOf(2);

        await Transact(Guid.CreateVersion7(), _ => [new Counted(5)]);

        (await Stored()).Should().Equal(5);
    }

    [Fact]
    public async Task A_rival_leads_to_another_decision_on_what_it_wrote()
    {
        store.RivalBefore(1, rival => rival.Append(Counter, ExpectedRevision.NoStream, [Foreign(10)], default));

        var done = await Transact(Guid.CreateVersion7(), sum => [new Counted(sum + 1)]);

        done.State.Should().Be(21);
        (await Stored()).Should().Equal(10, 11);
    }

    [Fact]
    public async Task A_rival_behind_a_lost_answer_does_not_make_the_events_stand_twice()
    {
        store.LoseAnswerOf(1)
            .RivalBefore(2, rival => rival.Append(Counter, ExpectedRevision.At(0), [Foreign(10)], default));

        var done = await Transact(Guid.CreateVersion7(), _ => [new Counted(1)]);

        done.Appended.Revision.Should().Be(0);
        (await Stored()).Should().Equal(1, 10);
    }

    [Fact]
    public async Task The_same_command_again_answers_what_it_did_the_first_time()
    {
        var commandId = Guid.CreateVersion7();
        var first = await Transact(commandId, _ => [new Counted(1)]);
        await Transact(Guid.CreateVersion7(), _ => [new Counted(10)]);

        var again = await Transact(commandId, _ => throw new InvalidOperationException("It decides nothing."));

        again.Appended.Should().Be(first.Appended);
        again.Events.Should().Equal(new Counted(1));
        again.State.Should().Be(11);
    }

    [Fact]
    public async Task A_command_that_would_append_more_than_half_of_what_fits_is_refused_and_a_reactor_may()
    {
        var large = new Named(new string('x', IEventStore.AppendLimit / 2));
        var command = () => Transact(Guid.CreateVersion7(), _ => [large]);

        (await command.Should().ThrowAsync<RefusedException>()).Which.Code.Should().Be("CK-FORM-03");
        (await Stored()).Should().BeEmpty();
        var reactor = CommandContext.Of(Guid.CreateVersion7(), "step", Guid.CreateVersion7(), Guid.Empty, []);
        await new Streams(store, catalog, new CurrentCommand { Context = reactor }, TimeProvider.System)
            .Transact("named-1", new Decider<int>(0, (count, _) => count + 1), _ => [large], default);
    }

    [Fact]
    public async Task Sixteen_conflicts_in_a_row_are_given_up()
    {
        for (var append = 1; append <= 16; append++) store.ConflictOn(append);

        var transact = () => Transact(Guid.CreateVersion7(), _ => [new Counted(1)]);

        await transact.Should().ThrowAsync<WrongExpectedRevisionException>();
        (await Stored()).Should().BeEmpty();
    }

    [Fact]
    public async Task Fifteen_conflicts_in_a_row_are_not()
    {
        for (var append = 1; append <= 15; append++) store.ConflictOn(append);

        await Transact(Guid.CreateVersion7(), _ => [new Counted(1)]);

        (await Stored()).Should().Equal(1);
    }

    [Fact]
    public async Task A_store_out_of_reach_is_told_at_once()
    {
        store.FailBefore(1);

        var transact = () => Transact(Guid.CreateVersion7(), _ => [new Counted(1)]);

        await transact.Should().ThrowAsync<EventStoreUnavailableException>();
        store.Appends.Should().Be(1);
    }

    [Fact]
    public async Task A_store_out_of_reach_behind_a_lost_answer_is_not_told_as_though_nothing_were_written()
    {
        store.LoseAnswerOf(1).FailBefore(2);

        var transact = () => Transact(Guid.CreateVersion7(), _ => [new Counted(1)]);

        (await transact.Should().ThrowAsync<OutcomeUnknownException>())
            .WithInnerException<EventStoreUnavailableException>();
        (await Stored()).Should().Equal(1);
    }

    [Fact]
    public async Task A_cancellation_behind_a_lost_answer_is_not_told_as_though_nothing_were_written()
    {
        using var cancelling = new CancellationTokenSource();
        store.RivalBefore(1, async _ =>
        {
            await cancelling.CancelAsync();
            throw new OutcomeUnknownException(Counter);
        });

        var transact = () => Streams(Guid.CreateVersion7()).Transact(
            Counter, Decider, _ => [new Counted(1)], cancelling.Token);

        (await transact.Should().ThrowAsync<OutcomeUnknownException>())
            .WithInnerException<OperationCanceledException>();
    }

    [Fact]
    public async Task With_every_answer_lost_once_twenty_commands_leave_twenty_events()
    {
        store.LoseEachAnswerOnce();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async lane =>
        {
            for (var i = 0; i < 4; i++)
                await Streams(Guid.CreateVersion7()).Transact($"lane-{lane}", Decider, _ => [new Counted(1)], default);
        }));

        var all = await inner.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync();
        all.Should().Be(20);
        store.Appends.Should().Be(40);
    }

    private Streams Streams(Guid commandId) =>
        new(store, catalog, new CurrentCommand { Context = Context(commandId) }, TimeProvider.System);

    private Task<Transacted<int>> Transact(Guid commandId, Func<int, IReadOnlyList<IEvent>> decide) =>
        Streams(commandId).Transact(Counter, Decider, decide, default);

    private async Task<List<int>> Stored() => await inner
        .ReadStream(Counter, ReadDirection.Forwards, null, null, default)
        .Select(stored => ((Counted)catalog.Deserialize(stored).Event).By)
        .ToListAsync();

    private EventData Foreign(int by) =>
        catalog.Serialize(new Counted(by), Context(Guid.CreateVersion7()).ToMetadata(), Guid.CreateVersion7());

    private static CommandContext Context(Guid commandId) =>
        new(commandId, commandId, commandId, Actor.System, Guid.Empty, []);

    private sealed record Counted(int By) : IEvent;

    private sealed record Named(string Name) : IEvent;
}
