using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Vault;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Moving;

/// <summary>Which log and which vault go together.</summary>
[Trait("Speed", "Slow")]
public sealed class LogsAndVaults : IDisposable
{
    private static readonly EventCatalog Catalog = CountingKitRegistration.Events();

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_fresh_installation_is_named_by_its_first_event_and_known_again(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await using var log = Log("log");

        var portals = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Binding(log, house, i).Problem(default))));

        portals.Should().AllSatisfy(problem => problem.Should().BeNull());
        (await log.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync())
            .Should().ContainSingle().Which.Type.Should().Be("installation-created.v1");
        (await Binding(log, house).Problem(default)).Should().BeNull();
    }

    [Fact]
    public async Task An_older_installation_gets_its_name_at_the_end_of_its_log()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await using var log = Log("log");
        await Fill(log);
        await React(house);

        (await Binding(log, house).Problem(default)).Should().BeNull();

        (await log.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync()).Select(e => e.Type)
            .Should().Equal("workspace-created.v1", "installation-created.v1");
        (await Binding(log, house).Problem(default)).Should().BeNull();
    }

    [Fact]
    public async Task Another_installations_log_is_refused_and_both_are_named()
    {
        await using DatabaseHouse mine = new(StorageKind.Sqlite), theirs = new(StorageKind.Sqlite);
        await using EmbeddedEventStore ours = Log("ours"), other = Log("other");
        await Binding(ours, mine).Problem(default);
        await Binding(other, theirs).Problem(default);

        var problem = await Binding(other, mine).Problem(default);

        problem.Should().Contain($"{await Id(ours)}").And.Contain($"{await Id(other)}").And.NotContain("\n");
        (await Binding(ours, mine).Problem(default)).Should().BeNull();
    }

    [Fact]
    public async Task An_empty_log_beside_a_vault_that_knows_one_is_refused_and_stays_empty()
    {
        await using DatabaseHouse named = new(StorageKind.Sqlite), older = new(StorageKind.Sqlite);
        await using EmbeddedEventStore ours = Log("ours"), empty = Log("empty"), nameless = Log("nameless");
        await Binding(ours, named).Problem(default);
        await React(older);
        await Fill(nameless);

        (await Binding(empty, named).Problem(default)).Should().Contain("a log that holds no events").And.Contain($"{await Id(ours)}");
        (await Binding(empty, older).Problem(default)).Should().Contain("a log that holds no events");
        (await Binding(nameless, named).Problem(default)).Should().Contain("another log").And.Contain($"{await Id(ours)}");

        (await empty.ReadAll(ReadDirection.Forwards, null, null, default).AnyAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task A_new_vault_beside_a_log_that_is_in_use_is_refused_and_stays_unbound()
    {
        await using DatabaseHouse mine = new(StorageKind.Sqlite), fresh = new(StorageKind.Sqlite);
        await using EmbeddedEventStore named = Log("named"), older = Log("older"), empty = Log("empty");
        await Binding(named, mine).Problem(default);
        await Fill(named);
        await Fill(older);

        (await Binding(named, fresh).Problem(default)).Should().Contain($"installation {await Id(named)}")
            .And.Contain("Database__ConnectionString is new").And.Contain("backup").And.NotContain("\n");
        (await Binding(older, fresh).Problem(default)).Should().Contain("Database__ConnectionString is new");

        (await Binding(named, mine).Problem(default)).Should().BeNull();
        (await older.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync()).Should().Be(1);
        (await Binding(empty, fresh).Problem(default)).Should().BeNull("nothing was bound");
    }

    [Fact]
    public async Task A_first_start_that_was_cut_off_behind_the_first_event_goes_on()
    {
        await using DatabaseHouse lost = new(StorageKind.Sqlite), fresh = new(StorageKind.Sqlite);
        await using var log = Log("log");
        await Binding(log, lost).Problem(default);

        (await Binding(log, fresh).Problem(default)).Should().BeNull();

        await Fill(log);
        (await Binding(log, fresh).Problem(default)).Should().BeNull("it is bound now");
    }

    [Fact]
    public async Task Reactors_beyond_the_end_of_an_older_log_are_set_back_to_it_once()
    {
        await using DatabaseHouse house = new(StorageKind.Sqlite);
        await using var log = Log("log");
        await Binding(log, house).Problem(default);
        await Fill(log);
        var events = await log.ReadAll(ReadDirection.Forwards, null, null, default).ToListAsync();
        var (first, end) = ($"{events[0].Position}", $"{events[^1].Position}");
        await using (var vault = await house.Vault().CreateDbContextAsync())
        {
            vault.Checkpoints.AddRange(
                new CheckpointRow { Reactor = "behind", Position = first, FollowUp = first },
                new CheckpointRow { Reactor = "beyond", Position = "77/77", FollowUp = "78/78" });
            await vault.SaveChangesAsync();
        }

        (await Binding(log, house).SetBack(default)).Should().BeTrue();
        (await Binding(log, house).SetBack(default)).Should().BeFalse("it is told once");
        var last = await log.ReadAll(ReadDirection.Backwards, null, 1, default).SingleAsync();
        (await new OlderLogs(house.Vault(1)).Find(default))!.EndedAt.Should().Be(last.Created, "it stands there for who looks later");

        await using var after = await house.Vault().CreateDbContextAsync();
        (await after.Checkpoints.OrderBy(row => row.Reactor).Select(row => $"{row.Reactor} {row.Position} {row.FollowUp}").ToListAsync())
            .Should().Equal($"behind {first} {first}", $"beyond {end} ");
    }

    private static InstallationBinding Binding(IEventStore log, DatabaseHouse house, int portal = 0) =>
        new(log, Catalog, house.Vault(portal), new OlderLogs(house.Vault(portal)));

    private EmbeddedEventStore Log(string name) => new(new(folder[$"{name}.db"]), TimeProvider.System);

    private static async Task Fill(IEventStore log)
    {
        var id = Guid.CreateVersion7();
        await log.Append("workspace-1", ExpectedRevision.NoStream, [Catalog.Serialize(
            new WorkspaceCreated(id, "One"), new EventMetadata(id, id, Actor.System, id, id, []), id)], default);
    }

    private static async Task React(DatabaseHouse house)
    {
        await using var vault = await house.Vault().CreateDbContextAsync();
        vault.Checkpoints.Add(new() { Reactor = "runs", Position = "1/1" });
        await vault.SaveChangesAsync();
    }

    private static async Task<Guid> Id(IEventStore log) =>
        ((InstallationCreated)Catalog.Deserialize(
            await log.ReadStream(InstallationBinding.Stream, ReadDirection.Forwards, null, 1, default).SingleAsync()).Event).InstallationId;
}
