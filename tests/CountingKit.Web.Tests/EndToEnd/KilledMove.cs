using System.Globalization;
using CountingKit.Adapters.Database;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Storage;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// The command that moves log and vault to servers, killed again and again: what it leaves at the end is what was there.
/// </summary>
public sealed class KilledMove : IAsyncLifetime
{
    private static readonly int Events = Scale.Of(4_000, 200_000);
    private static readonly int Calls = Scale.Of(4_000, 100_000);

    private Journey journey = null!;
    private EventStoreDbNode node = null!;
    private PostgresDatabase database = null!;
    private Guid exporter;

    private string Folder => $"sqlite:{journey.Portal.DataFolder}";

    public async Task InitializeAsync()
    {
        journey = await Journey.AfterFirstRun(StorageKind.Sqlite);
        (node, database) = (await EventStoreDbNode.Start(), PostgresDatabase.Empty());
        exporter = journey.ExporterId;
        await Freed();
        await journey.Portal.Kill();
        await Grow();
        await HaveReacted();
        await journey.Portal.Restart();
        await Shown(Folder);
        await journey.Portal.Kill();
    }

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        await journey.DisposeAsync();
        database.Dispose();
    }

    [Fact]
    public async Task Killed_ten_times_and_resumed_it_has_moved_every_event_and_row_and_the_installation_goes_on()
    {
        var (rows, vault, old) = (ReadRows(Folder), VaultRows(Folder), journey.Portal.EventStore);
        var (own, calls) = (node.Events, Size("vault.db") / 10);
        string[] move = ["move", "--vault", Folder, "--log", old];
        journey.Portal.Change(
            ("EventStore__ConnectionString", node.ConnectionString), ("Database__ConnectionString", database.ConnectionString));

        await Kill(move, _ => CopiedCalls() >= 0);
        await Kill(move, _ => CopiedCalls() > 0);
        await Kill(move, _ => CopiedCalls() >= calls);
        await Kill(move, said => said.Contains("the same in both"));
        await Kill(move, said => said.Contains("The vault is moved"));
        await Kill(move, said => said.Contains("takes no more events"));
        for (var kill = 1; kill <= 3; kill++)
        {
            var enough = own + (kill * Events / 4);
            await Kill(move, _ => node.Events >= enough);
        }

        await Kill(move, said => said.Contains("Old log"));
        var done = await journey.Portal.Execute(("Worker__Concurrency", "2"), move);

        done.Code.Should().Be(0, done.Said);
        Told(done.Said, "New log: ").Should().Be(Told(done.Said, "Old log: ")).And.StartWith(
            string.Create(CultureInfo.InvariantCulture, $"{rows.Count(IsAudit):N0} events"));
        rows.Count(IsAudit).Should().BeGreaterThan(Events);
        vault.Count(row => row.StartsWith("CallRow|", StringComparison.Ordinal)).Should().BeGreaterThan(Calls);
        Same(VaultRows(database.ConnectionString), vault);
        await journey.Portal.Restart();
        await Shown(database.ConnectionString);
        Same(ReadRows(database.ConnectionString), rows);
        await journey.SignIn();
        await journey.Sandbox.Control.Post("_/xero/tokens/expire", new { });
        await journey.Sandbox.Control.EmptyJournal();
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().Be("NoChanges");
        (await journey.Sandbox.Control.Journal()).Should().Contain(call => call.Path == "/connect/token");
    }

    private Task Kill(string[] move, Func<string, bool> when) =>
        journey.Portal.KillCommand(("Worker__Concurrency", "2"), when, move);

    /// <summary>Many more events and calls than the journey made, as other organizations' exporters leave them.</summary>
    private async Task Grow()
    {
        await using (var store = new EmbeddedEventStore(
            new(journey.Portal.EventStore["sqlite:".Length..]), TimeProvider.System))
        {
            await using var services = new ServiceCollection().AddCountingKit(new WorkerOptions()).BuildServiceProvider();
            await new LogOfRuns(store, services.GetRequiredService<EventCatalog>()).Append(Events, organizations: 20);
        }

        await InVault(Folder, async vault =>
        {
            var at = await vault.Now(default);
            vault.Calls.AddRange(Enumerable.Range(1, Calls).Select(n => new CallRow
            {
                At = at.AddDays(-2).AddMilliseconds(n), Vendor = "xero", Method = "GET", Path = "/api.xro/2.0/Invoices",
                Status = 200, Milliseconds = n % 997, Bytes = 1000 + n, RunId = Guid.CreateVersion7(),
            }));
            await vault.SaveChangesAsync();
        });
    }

    /// <summary>
    /// Waits until the exporter knows what its run wrote: that follows from the run's end a moment after it shows as ended, and
    /// would be skipped by <see cref="HaveReacted"/>.
    /// </summary>
    private async Task Freed()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var log = new EmbeddedEventStore(new(journey.Portal.EventStore["sqlite:".Length..]), TimeProvider.System);
        while ((await log.ReadStream(RunQueue.StreamOf(exporter), ReadDirection.Backwards, null, 1, default).SingleAsync()).Type
            != "run-released.v1")
            await Task.Delay(50, patience.Token);
    }

    /// <summary>An installation that made these events itself has long done what follows from them.</summary>
    private async Task HaveReacted()
    {
        await using var log = new EmbeddedEventStore(new(journey.Portal.EventStore["sqlite:".Length..]), TimeProvider.System);
        var end = (await log.ReadAll(ReadDirection.Backwards, null, 1, default).SingleAsync()).Position.ToString();
        await InVault(Folder, async vault => (await vault.Checkpoints.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Position, end))).Should().BePositive());
    }

    /// <summary>Waits until pages show every event of the old log.</summary>
    private async Task Shown(string connection)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(Scale.Of(2, 10)));
        await using var log = new EmbeddedEventStore(
            new(Path.Combine(journey.Portal.DataFolder, "events.db")), TimeProvider.System);
        var events = await log.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync();
        await using var services = Database(connection);
        while (true)
        {
            await using var rows = services.GetRequiredService<IReadDatabases>().Open();
            var shown = await rows.Set<CountingKit.Audit.AuditRow>().CountAsync();
            if (shown == events) return;
            if (patience.IsCancellationRequested) throw new TimeoutException($"{shown} shown\n{journey.Portal.Output}");
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Every row of the read models but the checkpoint.</summary>
    private static List<string> ReadRows(string connection)
    {
        using var services = Database(connection);
        using var rows = services.GetRequiredService<IReadDatabases>().Open();
        return Rows(rows, typeof(ReadCheckpointRow));
    }

    /// <summary>Every row of the vault but leases, which stay behind, and what a moved log changes.</summary>
    private static List<string> VaultRows(string connection)
    {
        using var services = Database(connection);
        using var vault = services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext();
        return [.. Rows(vault, typeof(LeaseRow), typeof(CheckpointRow))
            .Where(row => !row.StartsWith("SettingRow|Name=log|", StringComparison.Ordinal))];
    }

    private static List<string> Rows(DbContext db, params Type[] without)
    {
        var rows = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Where(table => !without.Contains(table.ClrType)))
        {
            var properties = table.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
            var set = typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(table.ClrType).Invoke(db, null)!;
            foreach (var row in ((IQueryable<object>)set).AsNoTracking())
                rows.Add($"{table.ClrType.Name}|{string.Join('|', properties.Select(p => $"{p.Name}={Text(p.PropertyInfo!.GetValue(row))}"))}");
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>As both databases keep it: times to the microsecond.</summary>
    private static string? Text(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => (time.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => (time.UtcTicks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static void Same(List<string> moved, List<string> old)
    {
        moved.Except(old).Concat(old.Except(moved)).Take(5).Should().BeEmpty();
        moved.Should().HaveSameCount(old);
    }

    private static async Task InVault(string connection, Func<VaultDb, Task> act)
    {
        await using (var services = Database(connection))
        {
            await using var vault = await services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
            await act(vault);
        }

        SqliteConnection.ClearAllPools();
    }

    private static ServiceProvider Database(string connection) =>
        new ServiceCollection().AddDatabase(connection, "/").BuildServiceProvider();

    private long Size(string file) => new FileInfo(Path.Combine(journey.Portal.DataFolder, file)).Length;

    /// <summary>What the copied calls take in the new database so far, also before they count; -1 = there is no table.</summary>
    private long CopiedCalls()
    {
        using var connection = new NpgsqlConnection(database.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT coalesce(pg_relation_size(to_regclass('countingkit."Calls"')), -1)""";
        return (long)command.ExecuteScalar()!;
    }

    private static bool IsAudit(string row) => row.StartsWith("AuditRow|", StringComparison.Ordinal);

    /// <summary>What the command said behind these words.</summary>
    private static string Told(string said, string words) =>
        said.Split('\n').Single(line => line.StartsWith(words, StringComparison.Ordinal))[words.Length..].TrimEnd();
}
