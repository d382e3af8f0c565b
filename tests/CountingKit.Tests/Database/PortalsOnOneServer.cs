using CountingKit.Adapters.Database;
using CountingKit.EventSourcing;
using CountingKit.Testing.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace CountingKit.Tests.Database;

[Trait("Speed", "Slow")]
public sealed class PortalsOnOneServer : IDisposable
{
    private readonly PostgresDatabase database = PostgresDatabase.Empty();
    private readonly FakeTimeProvider clock = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Those_that_start_at_once_on_an_empty_database_all_come_up_on_the_same_read_models()
    {
        var portals = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => new ServiceCollection().AddDatabase(database.ConnectionString, "/").BuildServiceProvider())));

        foreach (var portal in portals) await portal.DisposeAsync();
        Ask("SELECT string_agg(schema, ',') FROM countingkit.read_models").Should().Be($"read_models_v{ReadDb.Version}_1");
    }

    [Fact]
    public void A_command_makes_no_tables_where_a_backup_belongs()
    {
        var command = () => DatabaseRegistration.RequireDatabase(database.ConnectionString, "/");

        command.Should().Throw<ArgumentException>()
            .WithMessage("Database__ConnectionString names a database that no portal was started on.");
        Ask("SELECT count(*)::text FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')").Should().Be("0");

        new ServiceCollection().AddDatabase(database.ConnectionString, "/").BuildServiceProvider().Dispose();
        command();
    }

    [Fact]
    public async Task A_rebuild_is_read_by_another_portal_within_a_second_and_not_before_it_is_filled()
    {
        var (one, other) = (Portal(), Portal());
        await Fill(one.Open(), "1");

        await Fill(one.OpenFresh(), "2");
        clock.Advance(TimeSpan.FromSeconds(2));
        (await At(other)).Should().Be("1");
        one.Switch();
        clock.Advance(TimeSpan.FromSeconds(1));

        (await At(one)).Should().Be("2");
        (await At(other)).Should().Be("2");
    }

    [Fact]
    public async Task What_was_replaced_stays_for_those_who_still_read_it_and_is_dropped_later()
    {
        var portal = Portal();
        portal.OpenFresh().Dispose();
        await using var late = portal.Open();
        portal.Switch();
        (await late.Set<ReadCheckpointRow>().CountAsync()).Should().Be(0);

        Ask("UPDATE countingkit.read_models SET since = since - interval '1 minute'");
        clock.Advance(TimeSpan.FromSeconds(1));
        await portal.Open().DisposeAsync();

        Ask($"SELECT count(*)::text FROM pg_namespace WHERE nspname LIKE 'read_models_v%'").Should().Be("1");
    }

    [Fact]
    public async Task An_older_versions_schema_goes_only_once_ours_tells_the_whole_log()
    {
        var portal = Portal();
        Ask("CREATE SCHEMA read_models_v0_7; INSERT INTO countingkit.read_models VALUES ('read_models_v0_7', 0, 7, 'current', now())");
        Ask("CREATE SCHEMA read_models_v999_1; INSERT INTO countingkit.read_models VALUES ('read_models_v999_1', 999, 1, 'current', now())");

        await Look(portal);
        Ask("SELECT state FROM countingkit.read_models WHERE version = 0").Should().Be("current");
        await Fill(portal.Open(), "9");
        await Look(portal);
        Ask("SELECT state FROM countingkit.read_models WHERE version = 0").Should().Be("retired");
        Ask("UPDATE countingkit.read_models SET since = since - interval '1 minute'");
        await Look(portal);

        Ask("SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname IN ('read_models_v0_7', 'read_models_v999_1')")
            .Should().Be("read_models_v999_1", "a newer portal's is none of ours");
    }

    [Fact]
    public async Task One_that_hangs_in_the_middle_of_a_transaction_keeps_the_others_waiting_but_not_until_they_give_up()
    {
        var (hung, other) = (Portal(), Portal());
        await Fill(hung.Open(), "1");
        await using var kept = hung.Open();
        await using var open = await kept.Database.BeginTransactionAsync();
        await Move(kept, "2");

        await using (var free = other.Open()) await Move(free, "3");

        (await At(other)).Should().Be("3");
        var wakes = () => open.CommitAsync();
        var undone = await wakes.Should().ThrowAsync<NpgsqlException>("what it did since is undone");
        undone.Which.Should().Match<NpgsqlException>(failure => DatabaseOutage.Is(failure), "whatever it was is done again");
    }

    [Theory]
    [InlineData("nonsense;Password=hunter2")]
    [InlineData("Database=x;Password=hunter2")]
    [InlineData("Host=x;Colour=blue;Password=hunter2")]
    [InlineData("postgres://me:hunter2@db/x")]
    public void A_setting_that_names_no_database_is_refused_without_repeating_it(string setting)
    {
        var open = () => new ServiceCollection().AddDatabase(setting, "/");

        open.Should().Throw<ArgumentException>().Which.Message.Should()
            .StartWith("Database__ConnectionString must read ").And.NotContain("hunter2").And.NotContain("\n");
    }

    [Fact]
    public void A_server_that_does_not_answer_is_waited_for_and_then_named_by_its_setting()
    {
        var reach = () => PostgresSetting.Parse("Host=127.0.0.1;Port=1;Password=hunter2").Reach(TimeSpan.FromSeconds(1));

        reach.Should().Throw<ArgumentException>()
            .WithMessage("Database__ConnectionString names a PostgreSQL server that does not answer.");
    }

    [Fact]
    public void A_database_that_is_not_there_is_said_at_once()
    {
        var reach = () => PostgresSetting.Parse(PostgresServer.Of("nobodys")).Reach();

        reach.Should().Throw<ArgumentException>()
            .WithMessage("Database__ConnectionString names a database that the server does not have.");
    }

    private PostgresReadDatabases Portal() => new(PostgresSetting.Parse(database.ConnectionString), clock);

    private async Task Look(PostgresReadDatabases portal)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        await portal.Open().DisposeAsync();
    }

    private static async Task Fill(ReadDb db, string position)
    {
        await using var opened = db;
        db.Add(new ReadCheckpointRow { Id = 1, Position = position, IsComplete = true });
        await db.SaveChangesAsync();
    }

    private static async Task Move(ReadDb db, string position)
    {
        (await db.Set<ReadCheckpointRow>().SingleAsync()).Position = position;
        await db.SaveChangesAsync();
    }

    private static async Task<string> At(PostgresReadDatabases portal)
    {
        await using var db = portal.Open();
        return (await db.Set<ReadCheckpointRow>().SingleAsync()).Position!;
    }

    private string? Ask(string sql)
    {
        using var connection = new NpgsqlConnection(database.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
