using System.Text;
using CountingKit.Adapters.Embedded;
using EventStoreDbEventStore = CountingKit.Adapters.EventStoreDb.EventStoreDbEventStore;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Tests.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Moving;

/// <summary>An embedded log is moved to an EventStoreDB, with everything that is stored and what the vault says of it.</summary>
[Trait("Speed", "Slow")]
public sealed class MovingALog : IAsyncLifetime
{
    /// <summary>So often an append is tried at most.</summary>
    private const int Tries = 30;

    private static readonly DateTimeOffset Start = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly List<string> said = [];
    private EventStoreDbNode node = null!;

    private EmbeddedEventStoreOptions From => new(folder["events.db"]);

    public async Task InitializeAsync() => node = await EventStoreDbNode.Start();

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Interrupted_again_and_again_it_goes_on_and_both_logs_hold_the_same()
    {
        var events = Scale.Of(3_000, 200_000);
        await Fill(events);
        await using var source = new EmbeddedEventStore(From, TimeProvider.System);
        await using var target = Target();

        for (var interruption = 1; interruption <= 10; interruption++)
        {
            using var stop = new CancellationTokenSource();
            var most = interruption * events / 12;
            node.Faults.OnWrite(interruption % 2 == 0 ? CallFault.CommitTimeoutAfter : CallFault.ResetAfter);
            var copying = () => new LogMove(source, target, TimeProvider.System).Copy(new Until(most, stop), stop.Token);
            await copying.Should().ThrowAsync<OperationCanceledException>();
        }

        await new LogMove(source, target, TimeProvider.System).Copy(new Progress<long>(), default);

        var (before, after) = (await All(source), await All(target));
        after.Should().HaveCount(events);
        after.Select(Told).Should().Equal(before.Select(Told));
        (await LogHash.Of(target, default)).Should().Be(await LogHash.Of(source, default));
    }

    [Fact]
    public async Task The_whole_move_seals_the_old_log_gives_the_vault_new_positions_and_is_done_once()
    {
        await Fill(200);
        var database = new Database.DatabaseHouse(Testing.Storage.StorageKind.Sqlite);
        await using var _ = database;
        var last = (await All(Embedded()))[^1];
        await using (var vault = await database.Vault().CreateDbContextAsync())
        {
            vault.Checkpoints.Add(new() { Reactor = "runs", Position = "150/150", FollowUp = last.Position.ToString() });
            await vault.SaveChangesAsync();
        }

        await using var target = Target();
        await Move(database, target).Run(default);

        await using var after = await database.Vault().CreateDbContextAsync();
        var row = await after.Checkpoints.AsNoTracking().SingleAsync();
        var moved = await All(target);
        row.Position.Should().Be(moved[149].Position.ToString());
        row.FollowUp.Should().Be(moved[^1].Position.ToString());
        var append = () => Late();
        (await append.Should().ThrowAsync<EventStoreUnavailableException>()).Which.Message.Should().Contain("moved");
        (await new LogBinding(database.Vault()).Allows(LogKind.Embedded, default)).Should().BeFalse();
        (await new LogBinding(database.Vault()).Allows(LogKind.EventStoreDb, default)).Should().BeTrue();
        var again = () => Move(database, target).Run(default);
        (await again.Should().ThrowAsync<MoveException>()).Which.Message.Should().Contain("already");
    }

    [Fact]
    public async Task An_event_store_that_holds_other_events_is_refused_while_the_old_log_goes_on()
    {
        await Fill(20);
        await using var database = new Database.DatabaseHouse(Testing.Storage.StorageKind.Sqlite);
        await using var target = Target();
        await target.Append("other-1", ExpectedRevision.NoStream, [Event(1)], default);

        var move = () => Move(database, target).Run(default);
        (await move.Should().ThrowAsync<MoveException>()).Which.Message.Should().Contain("empty one").And.NotContain("--abandon");

        (await Late()).Revision.Should().Be(0);
    }

    [Fact]
    public async Task An_event_store_that_goes_away_on_the_way_ends_the_move_with_how_to_go_on_and_how_to_go_back()
    {
        await Fill(20);
        await using var target = Target();
        var away = new FaultyEventStore(target);
        for (var append = 1; append <= Tries; append++) away.FailBefore(append);

        await GoesBack(away, "took the store away");
    }

    [Fact]
    public async Task So_does_one_that_leaves_it_open_whether_it_has_written()
    {
        await Fill(20);
        await using var target = Target();
        var silent = new FaultyEventStore(target);
        for (var append = 1; append <= Tries; append++) silent.LoseRequestOf(append);

        await GoesBack(silent, "answer to an append was lost");
    }

    [Fact]
    public async Task So_does_an_event_that_is_too_large_for_it()
    {
        await Fill(20);
        await using (var source = Embedded())
        {
            var text = $$"""{"text":"{{new string('x', IEventStore.AppendLimit - 20)}}"}""";
            await source.Append(
                "large-1", ExpectedRevision.NoStream,
                [new(Guid.CreateVersion7(), "happened.v1", Encoding.UTF8.GetBytes(text), "{}"u8.ToArray())], default);
        }

        await using var target = Target();

        await GoesBack(target, "too large");
    }

    [Fact]
    public async Task So_does_one_to_which_somebody_else_appends()
    {
        await Fill(20);
        await using var target = Target();
        var shared = new FaultyEventStore(target)
            .RivalBefore(5, store => store.Append("other-1", ExpectedRevision.NoStream, [Event(1)], default));

        await GoesBack(shared, "The two logs differ");
    }

    [Fact]
    public async Task So_does_a_database_that_goes_away()
    {
        await Fill(20);
        await using var database = new Database.DatabaseHouse(Testing.Storage.StorageKind.Sqlite);
        await using var target = Target();
        var vault = new Database.FlakyVault(database.Vault());
        // It says nothing before the seal.
        var move = () => new MoveLog(
            From, target, vault, database.Read, TimeProvider.System, _ => vault.FailNext(1)).Run(default);

        (await move.Should().ThrowAsync<MoveException>()).Which.Message.Should().StartWith("A database did not answer (disk I/O")
            .And.Contain("start the move again").And.Contain("move-log --from … --abandon");

        await Move(database, target).Abandon(default);
        (await Late()).Revision.Should().Be(0);
    }

    [Fact]
    public async Task So_does_a_folder_of_the_database_that_goes_away()
    {
        await Fill(20);
        await using var database = new Database.DatabaseHouse(Testing.Storage.StorageKind.Sqlite);
        await using var target = Target();
        var move = () => new MoveLog(
            From, target, database.Vault(), new GoneDatabases(), TimeProvider.System, said.Add).Run(default);

        (await move.Should().ThrowAsync<MoveException>()).Which.Message.Should().StartWith("The folder /srv/data is gone. ")
            .And.Contain("start the move again").And.Contain("move-log --from … --abandon");

        await Move(database, target).Abandon(default);
        (await Late()).Revision.Should().Be(0);
    }

    /// <summary>The move fails, says why and what can be done, and giving up opens the old log again.</summary>
    private async Task GoesBack(IEventStore target, string why)
    {
        await using var database = new Database.DatabaseHouse(Testing.Storage.StorageKind.Sqlite);
        var move = () => Move(database, target, new HurriedTime()).Run(default);
        var append = () => Late();

        (await move.Should().ThrowAsync<MoveException>()).Which.Message.Should().Contain(why)
            .And.Contain("start the move again").And.Contain("move-log --from … --abandon");
        await append.Should().ThrowAsync<EventStoreUnavailableException>();

        await Move(database, target).Abandon(default);
        (await append()).Revision.Should().Be(0);
    }

    private Task<Appended> Late() => Embedded().Append("late-1", ExpectedRevision.NoStream, [Event(1)], default);

    private MoveLog Move(Database.DatabaseHouse database, IEventStore target, TimeProvider? time = null) =>
        new(From, target, database.Vault(), database.Read, time ?? TimeProvider.System, said.Add);

    private EventStoreDbEventStore Target() =>
        new(Adapters.EventStoreDb.EventStoreDbOptions.Parse(node.ConnectionString, folder.Path), TimeProvider.System);

    private EmbeddedEventStore Embedded() => new(From, TimeProvider.System);

    private async Task Fill(int events)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
        await using var store = new EmbeddedEventStore(From, time);
        for (var i = 0; i < events; i += 2)
        {
            time.Advance(TimeSpan.FromTicks(10_000_001));
            await store.Append($"thing-{i % 70}", ExpectedRevision.Any, [Event(i), Event(i + 1)], default);
        }
    }

    private static EventData Event(int number) => new(
        Guid.CreateVersion7(), "happened.v1", Encoding.UTF8.GetBytes($$"""{"number":{{number}},"text":"é🎉"}"""),
        number % 5 == 0 ? "{}"u8.ToArray() : Encoding.UTF8.GetBytes($$"""{"actor":"member:{{number}}"}"""));

    private static async Task<List<StoredEvent>> All(IEventStore store) =>
        await store.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync();

    private static (Guid, string, ulong, string, DateTimeOffset, string, string) Told(StoredEvent e) => (
        e.Id, e.Stream, e.Revision, e.Type, e.Created, Encoding.UTF8.GetString(e.Data.Span),
        Encoding.UTF8.GetString(e.Metadata.Span));

    /// <summary>Their folder was there when the move began.</summary>
    private sealed class GoneDatabases : IReadDatabases
    {
        public bool MayBeDamaged => false;

        public bool IsGone => true;

        public ReadDb Open() => throw new FolderGoneException("/srv/data");

        public ReadDb OpenFresh() => throw new FolderGoneException("/srv/data");

        public ReadDb OpenFilling() => throw new NotSupportedException();

        public IRowWriter Writer(ReadDb db) => throw new NotSupportedException();

        public void Index() => throw new NotSupportedException();

        public void Switch() => throw new NotSupportedException();

        public Task<string?> SetAsideDamaged(CancellationToken ct) => throw new NotSupportedException();
    }

    /// <summary>Stops the copy once it has got so far.</summary>
    private sealed class Until(long most, CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= most) stop.Cancel();
        }
    }
}
