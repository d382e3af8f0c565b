using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.EventSourcing;

/// <summary>What the file, its folder and those who hold it do to the store.</summary>
public sealed class EmbeddedEventStoreFile : IAsyncDisposable
{
    /// <summary>SQLite's number for a damaged database (SQLITE_CORRUPT).</summary>
    private const int Corrupt = 11;

    /// <summary>What stands before the first page's content.</summary>
    private const int HeaderOfFile = 100;

    private readonly TempFolder folder = new();
    private readonly EmbeddedEventStore store;

    public EmbeddedEventStoreFile()
    {
        var impatient = TimeSpan.FromMilliseconds(200);
        store = new EmbeddedEventStore(new(folder["events.db"]) { BusyTimeout = impatient }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Positions_count_from_one_without_gaps_also_over_conflicts()
    {
        await Append("a-1", ExpectedRevision.NoStream);
        await Attempt(() => Append("a-1", ExpectedRevision.NoStream));
        var appended = await Append("b-1", ExpectedRevision.NoStream);

        appended.Position.Should().Be(new Position(2, 2));
        (await All()).Select(read => read.Position.Commit).Should().Equal(1, 2);
    }

    [Fact]
    public async Task While_another_process_writes_too_long_the_store_is_unavailable_then_it_goes_on()
    {
        await Append("a-1", ExpectedRevision.NoStream);
        using (var other = Hold())
        {
            var refused = await Attempt(() => Append("a-1", ExpectedRevision.At(0)));
            refused.Should().BeOfType<EventStoreUnavailableException>();
            (await All()).Should().HaveCount(1, "reading goes on meanwhile");
        }

        (await Append("a-1", ExpectedRevision.At(0))).Revision.Should().Be(1);
    }

    [Fact]
    public async Task A_path_that_is_a_folder_makes_the_store_unavailable_until_it_is_gone()
    {
        Directory.CreateDirectory(folder["events.db"]);

        (await Attempt(() => Append("a-1", ExpectedRevision.Any))).Should().BeOfType<EventStoreUnavailableException>();
        (await Attempt(All)).Should().BeOfType<EventStoreUnavailableException>();

        Directory.Delete(folder["events.db"]);
        (await Append("a-1", ExpectedRevision.NoStream)).Revision.Should().Be(0);
    }

    [Fact]
    public async Task A_file_that_is_moved_away_makes_the_store_unavailable_and_no_empty_one_takes_its_place()
    {
        await Append("a-1", ExpectedRevision.NoStream);
        File.Move(folder["events.db"], folder["elsewhere.db"]);

        (await Attempt(() => Append("a-1", ExpectedRevision.At(0)))).Should().BeOfType<EventStoreUnavailableException>();

        File.Exists(folder["events.db"]).Should().BeFalse();
        File.Move(folder["elsewhere.db"], folder["events.db"]);
        (await Append("a-1", ExpectedRevision.At(0))).Revision.Should().Be(1);
    }

    [Fact]
    public async Task Who_only_reads_makes_no_file()
    {
        (await All()).Should().BeEmpty();

        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty("a log may be put back there");
    }

    [Fact]
    public async Task Where_only_the_write_ahead_log_lies_no_file_is_made_over_it_and_all_is_there_once_the_file_is_back()
    {
        for (var i = 0; i < 5; i++) await Append("a-1", ExpectedRevision.Any);
        Directory.CreateDirectory(folder["after-kill"]);
        foreach (var part in (string[])["events.db-wal", "events.db-shm"]) File.Copy(folder[part], folder[$"after-kill/{part}"]);
        var whole = new FileInfo(folder["after-kill/events.db-wal"]).Length;
        await using var started = new EmbeddedEventStore(new(folder["after-kill/events.db"]), TimeProvider.System);

        foreach (var act in (Func<Task>[])
            [
                async () => await started.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync(),
                () => started.Append("b-1", ExpectedRevision.NoStream, [Event()], default),
            ])
            (await Attempt(act)).Should().BeOfType<EventStoreUnavailableException>().Which.Message.Should().Contain("Put that very file back");

        new FileInfo(folder["after-kill/events.db-wal"]).Length.Should().Be(whole);
        File.Copy(folder["events.db"], folder["after-kill/events.db"]);
        (await started.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync()).Should().Be(5);
    }

    [Theory]
    [InlineData("events.db-wal")]
    [InlineData("events.db-shm")]
    [InlineData("events.db-wal", "events.db-shm")]
    public async Task Where_what_lies_beside_it_is_deleted_it_takes_nothing_more_and_what_it_took_is_in_the_file(params string[] gone)
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        for (var i = 0; i < 5; i++) await Append("a-1", ExpectedRevision.Any);
        foreach (var part in gone) File.Delete(folder[part]);

        var refused = await Attempt(() => Append("a-1", ExpectedRevision.Any));

        var told = refused.Should().BeOfType<EventStoreUnavailableException>().Subject;
        (told.Code.Code, told.Message.Contains("Restart the portal")).Should().Be(("CK-STORE-18", true));
        (await Attempt(All)).Should().BeOfType<EventStoreUnavailableException>();
        Directory.CreateDirectory(folder["next-start"]);
        File.Copy(folder["events.db"], folder["next-start/events.db"]);
        await using var next = new EmbeddedEventStore(new(folder["next-start/events.db"]), TimeProvider.System);
        (await next.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync()).Should().Be(5);
    }

    [Fact]
    public async Task A_write_ahead_log_that_somebody_puts_in_its_place_is_left_alone_with_the_file_as_it_is()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        for (var i = 0; i < 5; i++) await Append("a-1", ExpectedRevision.Any);
        var before = await File.ReadAllBytesAsync(folder["events.db"]);
        File.Delete(folder["events.db-wal"]);
        await File.WriteAllTextAsync(folder["events.db-wal"], "of a backup");

        (await Attempt(() => Append("a-1", ExpectedRevision.Any)))
            .Should().BeOfType<EventStoreUnavailableException>().Which.Message.Should().Contain("Do not stop the portal");

        (await File.ReadAllBytesAsync(folder["events.db"])).Should().Equal(before);
        (await File.ReadAllTextAsync(folder["events.db-wal"])).Should().Be("of a backup");

        await store.DisposeAsync();
        (await File.ReadAllTextAsync(folder["events.db-wal"])).Should().Be("of a backup", "who stops takes nothing that is not its own");
        (await File.ReadAllBytesAsync(folder["events.db"])).Should().Equal(before);
    }

    [Fact]
    public async Task While_another_process_is_at_the_file_it_is_left_alone_and_saved_once_that_has_ended()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        for (var i = 0; i < 5; i++) await Append("a-1", ExpectedRevision.Any);
        var before = await File.ReadAllBytesAsync(folder["events.db"]);
        File.Delete(folder["events.db-wal"]);
        File.Delete(folder["events.db-shm"]);
        // What one leaves that was begun just now: it holds nothing yet, and its locks are not seen by the first.
        await File.WriteAllBytesAsync(folder["events.db-wal"], []);
        await File.WriteAllBytesAsync(folder["events.db-shm"], new byte[32768]);

        (await Attempt(() => Append("a-1", ExpectedRevision.Any)))
            .Should().BeOfType<EventStoreUnavailableException>().Which.Message.Should().Contain("Do not stop the portal");
        (await File.ReadAllBytesAsync(folder["events.db"])).Should().Equal(before);

        File.Delete(folder["events.db-wal"]);
        File.Delete(folder["events.db-shm"]);
        (await Attempt(() => Append("a-1", ExpectedRevision.Any)))
            .Should().BeOfType<EventStoreUnavailableException>().Which.Message.Should().Contain("Restart the portal");
        Directory.CreateDirectory(folder["next-start"]);
        File.Copy(folder["events.db"], folder["next-start/events.db"]);
        await using var next = new EmbeddedEventStore(new(folder["next-start/events.db"]), TimeProvider.System);
        (await next.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync()).Should().Be(5);
    }

    [Fact]
    public async Task What_was_deleted_just_before_a_stop_is_in_the_file_then()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        for (var i = 0; i < 5; i++) await Append("a-1", ExpectedRevision.Any);
        File.Delete(folder["events.db-wal"]);
        File.Delete(folder["events.db-shm"]);

        await store.DisposeAsync();

        File.Copy(folder["events.db"], folder["next.db"]);
        await using var next = new EmbeddedEventStore(new(folder["next.db"]), TimeProvider.System);
        (await next.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync()).Should().Be(5);
    }

    [Fact]
    public async Task What_was_saved_stays_said_to_be_whatever_is_put_beside_it()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        await Append("a-1", ExpectedRevision.NoStream);
        File.Delete(folder["events.db-wal"]);
        (await Attempt(() => Append("a-1", ExpectedRevision.Any)))!.Message.Should().Contain("Restart the portal");

        await File.WriteAllTextAsync(folder["events.db-wal"], "of another process");

        (await Attempt(() => Append("a-1", ExpectedRevision.Any)))!.Message.Should().Contain("Restart the portal");
    }

    [Fact]
    public async Task What_cannot_be_saved_whole_yet_is_not_said_to_be_saved()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        await Append("a-1", ExpectedRevision.Any);
        await using (var reading = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder["events.db"], Pooling = false }.ToString()))
        {
            await reading.OpenAsync();
            await using var begun = reading.BeginTransaction(deferred: true);
            reading.Execute("SELECT count(*) FROM event"); // As long as it reads, the file stays what it read.
            await Append("a-1", ExpectedRevision.Any);
            File.Delete(folder["events.db-wal"]);

            (await Attempt(() => Append("a-1", ExpectedRevision.Any)))
                .Should().BeOfType<EventStoreUnavailableException>().Which.Message.Should().Contain("Do not stop the portal");
        }

        (await Attempt(() => Append("a-1", ExpectedRevision.Any)))
            .Should().BeOfType<EventStoreUnavailableException>().Which.Message.Should().Contain("Restart the portal");
    }

    [Fact]
    public async Task Behind_a_link_it_is_held_likewise()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        Directory.CreateDirectory(folder["there"]);
        await File.WriteAllBytesAsync(folder["there/log.db"], []);
        File.CreateSymbolicLink(folder["link.db"], folder["there/log.db"]);
        await using var linked = new EmbeddedEventStore(new(folder["link.db"]), TimeProvider.System);
        await linked.Append("a-1", ExpectedRevision.NoStream, [Event()], default);

        File.Delete(folder["there/log.db-wal"]);
        (await Attempt(() => linked.Append("a-1", ExpectedRevision.Any, [Event()], default)))
            .Should().BeOfType<EventStoreUnavailableException>();

        File.Move(folder["there/log.db"], folder["elsewhere"]);
        await File.WriteAllTextAsync(folder["there/log.db-wal"], "its last changes");
        await using var next = new EmbeddedEventStore(new(folder["link.db"]), TimeProvider.System);
        (await Attempt(() => next.Append("b-1", ExpectedRevision.Any, [Event()], default)))
            .Should().BeOfType<EventStoreUnavailableException>().Which.Message.Should().Contain("log.db-wal lies there without");
    }

    [Fact]
    public async Task Moved_away_and_back_the_write_ahead_log_is_gone_on_with()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        await Append("a-1", ExpectedRevision.NoStream);
        File.Move(folder["events.db-wal"], folder["elsewhere"]);
        (await Attempt(() => Append("a-1", ExpectedRevision.At(0)))).Should().BeOfType<EventStoreUnavailableException>();

        File.Move(folder["elsewhere"], folder["events.db-wal"]);

        (await Append("a-1", ExpectedRevision.At(0))).Revision.Should().Be(1);
        (await All()).Should().HaveCount(2);

        File.Delete(folder["events.db-wal"]);
        (await Attempt(() => Append("a-1", ExpectedRevision.At(1)))).Should().BeOfType<EventStoreUnavailableException>();
        Directory.CreateDirectory(folder["next-start"]);
        File.Copy(folder["events.db"], folder["next-start/events.db"]);
        await using var next = new EmbeddedEventStore(new(folder["next-start/events.db"]), TimeProvider.System);
        (await next.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync()).Should().Be(2, "it is saved each time");
    }

    [Fact]
    public async Task Who_reads_behind_a_link_to_nothing_makes_nothing_there()
    {
        if (OperatingSystem.IsWindows()) return; // Links need a right of their own there.
        Directory.CreateDirectory(folder["unmounted"]);
        File.CreateSymbolicLink(folder["link.db"], folder["unmounted/log.db"]);
        await using var linked = new EmbeddedEventStore(new(folder["link.db"]), TimeProvider.System);

        (await linked.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync()).Should().BeEmpty();

        Directory.EnumerateFileSystemEntries(folder["unmounted"]).Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_deleted_is_not_written_to_and_nothing_else_is_taken_for_it_until_it_is_back()
    {
        if (OperatingSystem.IsWindows()) return; // It moves no file that is open.
        await using var running = new EmbeddedEventStore(new(folder["log/events.db"]), TimeProvider.System);
        await using (var other = new EmbeddedEventStore(new(folder["other/events.db"]), TimeProvider.System))
            await other.Append("other-1", ExpectedRevision.NoStream, [Event()], default);
        await running.Append("a-1", ExpectedRevision.NoStream, [Event()], default);

        Directory.Move(folder["log"], folder["elsewhere"]);
        await Refused("it is deleted, as far as anybody can tell");
        Directory.Move(folder["other"], folder["log"]);
        await Refused("that one is another log");
        await Refused("also when it is opened anew");

        Directory.Delete(folder["log"], recursive: true);
        Directory.Move(folder["elsewhere"], folder["log"]);
        (await running.Append("a-1", ExpectedRevision.At(0), [Event()], default)).Position.Should().Be(new Position(2, 2));
        (await running.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync())
            .Select(read => read.Stream).Should().Equal("a-1", "a-1");

        async Task Refused(string because)
        {
            (await Attempt(() => running.Append("a-1", ExpectedRevision.Any, [Event()], default)))
                .Should().BeOfType<EventStoreUnavailableException>(because);
            (await Attempt(async () => await running.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync()))
                .Should().BeOfType<EventStoreUnavailableException>(because);
        }
    }

    [Fact]
    public async Task Nor_is_what_a_link_leads_to_since_somebody_changed_it()
    {
        if (OperatingSystem.IsWindows()) return; // Links need a right of their own there.
        Directory.CreateDirectory(folder["first"]);
        Directory.CreateDirectory(folder["second"]);
        Directory.CreateSymbolicLink(folder["log"], folder["first"]);
        await using var running = new EmbeddedEventStore(new(folder["log/events.db"]), TimeProvider.System);
        await running.Append("a-1", ExpectedRevision.NoStream, [Event()], default);
        await using (var other = new EmbeddedEventStore(new(folder["second/events.db"]), TimeProvider.System))
            await other.Append("a-1", ExpectedRevision.NoStream, [Event()], default);

        Directory.Delete(folder["log"]);
        Directory.CreateSymbolicLink(folder["log"], folder["second"]);

        (await Attempt(() => running.Append("a-1", ExpectedRevision.Any, [Event()], default)))
            .Should().BeOfType<EventStoreUnavailableException>("who begins anew will not find it");
        (await Attempt(async () => await running.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync()))
            .Should().BeOfType<EventStoreUnavailableException>();
        await using var next = new EmbeddedEventStore(new(folder["log/events.db"]), TimeProvider.System);
        (await next.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync()).Should().ContainSingle();
    }

    [Theory]
    [InlineData("PRAGMA user_version = 2")]
    [InlineData("CREATE TABLE something_else (id INTEGER)")]
    public async Task A_file_of_a_later_version_or_of_something_else_is_left_alone(string made)
    {
        Execute(made);

        (await Attempt(All)).Should().BeOfType<EventStoreUnavailableException>();

        (await Attempt(() => Append("a-1", ExpectedRevision.Any))).Should().BeOfType<EventStoreUnavailableException>();
        Execute("CREATE TABLE event (still_free INTEGER)");
    }

    [Fact]
    public async Task A_damaged_file_is_told_as_one_at_once_and_not_waited_for()
    {
        Execute("CREATE TABLE event (position INTEGER PRIMARY KEY); PRAGMA user_version = 1");
        var bytes = await File.ReadAllBytesAsync(folder["events.db"]);
        Array.Fill(bytes, (byte)0xff, HeaderOfFile, 500);
        await File.WriteAllBytesAsync(folder["events.db"], bytes);

        var failed = await Attempt(All);

        failed.Should().BeOfType<EventStoreUnavailableException>()
            .Which.InnerException.Should().BeOfType<InvalidDataException>("the start tells that in one line")
            .Which.InnerException.Should().BeOfType<SqliteException>().Which.SqliteErrorCode.Should().Be(Corrupt);
    }

    [Theory]
    [InlineData("UPDATE event SET type = 'other.v1'")]
    [InlineData("DELETE FROM event")]
    public async Task What_stands_in_the_file_can_neither_be_changed_nor_deleted(string sql)
    {
        await Append("a-1", ExpectedRevision.NoStream);

        var change = () => Execute(sql);

        change.Should().Throw<SqliteException>().WithMessage("*never*");
    }

    [Fact]
    public async Task Other_instances_find_what_was_appended_before()
    {
        await Append("a-1", ExpectedRevision.NoStream);
        var services = new ServiceCollection().AddEmbeddedEventStore("sqlite:events.db", root: folder.Path);
        await using var provider = services.BuildServiceProvider();

        var read = await provider.GetRequiredService<IEventStore>()
            .ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync();

        read.Should().ContainSingle().Which.Stream.Should().Be("a-1");
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("esdb://localhost:2113")]
    [InlineData("data/events.db")]
    public void Another_connection_string_is_refused(string connectionString)
    {
        var parse = () => EmbeddedEventStoreOptions.Parse(connectionString, "/");

        parse.Should().Throw<FormatException>();
    }

    [Fact]
    public async Task A_page_of_large_events_holds_few_of_them()
    {
        for (var i = 0; i < 4; i++)
            await store.Append("a-1", ExpectedRevision.Any, [Event() with { Data = new byte[700_000] }], default);
        using var file = new EventFile(new(folder["events.db"]));

        var page = new EventReader(file).ReadAll(ReadDirection.Forwards, from: 0, most: 1000);

        page.Events.Should().HaveCount(2);
        page.IsLast.Should().BeFalse();
    }

    private static EventData Event() => new(Guid.CreateVersion7(), "happened.v1", "{}"u8.ToArray(), "{}"u8.ToArray());

    private Task<Appended> Append(string stream, ExpectedRevision expected) =>
        store.Append(stream, expected, [Event()], default);

    private async Task<List<StoredEvent>> All() =>
        await store.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync();

    private static Task<Exception?> Attempt(Func<Task> act) => Record.ExceptionAsync(act)!;

    /// <summary>Holds the right to write, as another process would; let go by disposing.</summary>
    private SqliteConnection Hold()
    {
        var connection = Connect();
        using var command = new SqliteCommand("BEGIN IMMEDIATE", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={folder["events.db"]};Pooling=false");
        connection.Open();
        return connection;
    }
}
