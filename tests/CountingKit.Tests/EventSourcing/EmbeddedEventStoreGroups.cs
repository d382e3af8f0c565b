using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using Microsoft.Data.Sqlite;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Appends that go into one commit. Somebody else's lock holds them back until the test lets go.</summary>
[Trait("Speed", "Slow")]
public sealed class EmbeddedEventStoreGroups : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private EmbeddedEventStore store = null!;
    private SqliteConnection other = null!;

    public async Task InitializeAsync()
    {
        var options = new EmbeddedEventStoreOptions(folder["events.db"]) { BusyTimeout = TimeSpan.FromMinutes(1) };
        store = new EmbeddedEventStore(options, TimeProvider.System);
        await Append("a-1", ExpectedRevision.NoStream);
        other = new SqliteConnection($"Data Source={folder["events.db"]};Pooling=false");
        await other.OpenAsync();
        using var hold = new SqliteCommand("BEGIN IMMEDIATE", other);
        await hold.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_conflict_fails_alone_and_the_rest_of_its_group_stands()
    {
        var first = Append("b-1", ExpectedRevision.NoStream);
        var right = Append("a-1", ExpectedRevision.At(0));
        var stale = Append("a-1", ExpectedRevision.At(0));
        var next = Append("a-1", ExpectedRevision.At(1));
        var missing = Append("c-1", ExpectedRevision.StreamExists);
        LetGo();

        (await first).Revision.Should().Be(0);
        (await right).Revision.Should().Be(1);
        (await next).Revision.Should().Be(2);
        (await Record.ExceptionAsync(() => stale))
            .Should().BeOfType<WrongExpectedRevisionException>().Which.Actual.Should().Be(1);
        (await Record.ExceptionAsync(() => missing)).Should().BeOfType<WrongExpectedRevisionException>();
        (await Count()).Should().Be(4);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_or_seen_before_the_commit()
    {
        var waiting = Append("b-1", ExpectedRevision.NoStream);

        (await Count()).Should().Be(1);
        waiting.IsCompleted.Should().BeFalse();

        LetGo();
        await waiting;
        (await Count()).Should().Be(2);
    }

    [Fact]
    public async Task An_append_that_is_cancelled_while_it_waits_its_turn_is_never_written()
    {
        using var cancelling = new CancellationTokenSource();
        var appends = Enumerable.Range(0, 2000)
            .Select(_ => Append("b-1", ExpectedRevision.Any, cancelling.Token)).ToArray();
        await cancelling.CancelAsync();
        LetGo();

        var outcomes = await Task.WhenAll(appends.Select(append => Record.ExceptionAsync(() => append)));
        outcomes.Where(outcome => outcome is not (null or OperationCanceledException)).Should().BeEmpty();
        var cancelled = outcomes.Count(outcome => outcome is OperationCanceledException);
        cancelled.Should().BeGreaterThan(1000, "a group that the writer has begun is far smaller");
        (await Count()).Should().Be(1 + appends.Length - cancelled);
    }

    [Fact]
    public async Task Closing_writes_what_was_handed_in_and_takes_nothing_more()
    {
        var handedIn = Enumerable.Range(0, 50).Select(n => Append($"b-{n}", ExpectedRevision.NoStream)).ToArray();
        var closing = store.DisposeAsync();
        LetGo();
        await closing;

        (await Task.WhenAll(handedIn)).Should().HaveCount(50);
        (await Record.ExceptionAsync(() => Append("c-1", ExpectedRevision.Any)))
            .Should().BeOfType<ObjectDisposedException>();
        (await Record.ExceptionAsync(Count)).Should().BeOfType<ObjectDisposedException>();
    }

    [Fact]
    public async Task Closing_ends_a_subscription_that_waits()
    {
        LetGo();
        await using var subscription = store.SubscribeToAll(null, default).GetAsyncEnumerator();
        while (await subscription.MoveNextAsync() && subscription.Current is not SubscriptionMessage.CaughtUp) { }
        var waiting = subscription.MoveNextAsync();

        await store.DisposeAsync();

        (await Record.ExceptionAsync(() => waiting.AsTask())).Should().BeOfType<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_live_subscription_says_when_it_is_behind_and_when_it_has_caught_up_again()
    {
        LetGo();
        await using var subscription = store.SubscribeToAll(null, default).GetAsyncEnumerator();
        while (await subscription.MoveNextAsync() && subscription.Current is not SubscriptionMessage.CaughtUp) { }
        var many = Enumerable.Range(0, 1000).Select(_ => Event()).ToList();
        await store.Append("b-1", ExpectedRevision.NoStream, many, default);

        List<Type> told = [];
        while (told.Count < 1002 && await subscription.MoveNextAsync()) told.Add(subscription.Current.GetType());

        told[0].Should().Be<SubscriptionMessage.FellBehind>();
        told[^1].Should().Be<SubscriptionMessage.CaughtUp>();
        told[1..^1].Should().AllBeEquivalentTo(typeof(SubscriptionMessage.Event));
    }

    private void LetGo() => other.Close();

    private static EventData Event() => new(Guid.CreateVersion7(), "happened.v1", "{}"u8.ToArray(), "{}"u8.ToArray());

    private Task<Appended> Append(string stream, ExpectedRevision expected, CancellationToken ct = default) =>
        store.Append(stream, expected, [Event()], ct);

    private async Task<int> Count() =>
        await store.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync();
}
