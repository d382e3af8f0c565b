using System.Globalization;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>The command that moves a log, killed again and again: what it leaves at the end is what was there.</summary>
public sealed class KilledMove : IAsyncLifetime
{
    private const string Setting = "EventStore__ConnectionString";
    private static readonly int Events = Scale.Of(4_000, 200_000);

    private Journey journey = null!;
    private EventStoreDbNode node = null!;
    private Guid exporter;

    public async Task InitializeAsync()
    {
        journey = await Journey.Begin(await SandboxProcess.Start("--Organizations=1", "--Invoices=40"), StorageKind.Sqlite);
        node = await EventStoreDbNode.Start();
        exporter = await journey.ToExporter();
        await journey.Run(exporter);
        await journey.Portal.Kill();
        await Grow();
        HaveReacted();
        await journey.Portal.Restart();
        await Shown();
        await journey.Portal.Kill();
    }

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        await journey.DisposeAsync();
    }

    [Fact]
    public async Task Killed_ten_times_and_resumed_it_has_moved_every_event_and_the_installation_goes_on()
    {
        var (rows, old) = (Rows(), journey.Portal.EventStore);
        var own = node.Events;
        await Kill(said => said.Contains("takes no more events"));
        for (var kill = 1; kill <= 8; kill++)
        {
            var enough = own + (kill * Events / 9);
            await Kill(_ => node.Events >= enough);
        }

        await Kill(said => said.Contains("Old log"));
        var done = await journey.Portal.Execute((Setting, node.ConnectionString), "move-log", "--from", old);

        done.Code.Should().Be(0, done.Said);
        Told(done.Said, "New log: ").Should().Be(Told(done.Said, "Old log: ")).And.StartWith(
            string.Create(CultureInfo.InvariantCulture, $"{rows.Count(IsAudit):N0} events"));
        rows.Count(IsAudit).Should().BeGreaterThan(Events);
        await journey.Portal.Restart((Setting, node.ConnectionString));
        await Shown();
        var moved = Rows();
        moved.Should().HaveSameCount(rows);
        moved.Zip(rows).Where(pair => pair.First != pair.Second).Should().BeEmpty();
        await journey.SignIn();
        await journey.Sandbox.Control.Post("_/xero/tokens/expire", new { });
        await journey.Sandbox.Control.EmptyJournal();
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().Be("NoChanges");
        (await journey.Sandbox.Control.Journal()).Should().Contain(call => call.Path == "/connect/token");
    }

    private Task Kill(Func<string, bool> when) => journey.Portal.KillCommand(
        (Setting, node.ConnectionString), when, "move-log", "--from", journey.Portal.EventStore);

    /// <summary>Many more events than the journey made, as other organizations' exporters leave them.</summary>
    private async Task Grow()
    {
        await using var store = new EmbeddedEventStore(
            new(journey.Portal.EventStore["sqlite:".Length..]), TimeProvider.System);
        await using var services = new ServiceCollection().AddCountingKit(new WorkerOptions()).BuildServiceProvider();
        await new LogOfRuns(store, services.GetRequiredService<EventCatalog>()).Append(Events, organizations: 20);
    }

    /// <summary>An installation that made these events itself has long done what follows from them.</summary>
    private void HaveReacted()
    {
        using var log = Open(Path.Combine(journey.Portal.DataFolder, "events.db"));
        var end = Column(log, "SELECT max(position) FROM event").Single();
        using var vault = new SqliteConnection($"Data Source={Path.Combine(journey.Portal.DataFolder, "vault.db")};Pooling=False");
        vault.Open();
        using var command = vault.CreateCommand();
        command.CommandText = $"UPDATE Checkpoints SET Position = '{end}/{end}'";
        command.ExecuteNonQuery().Should().BePositive();
    }

    /// <summary>Waits until pages show every event of the old log.</summary>
    private async Task Shown()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(Scale.Of(2, 10)));
        using var log = Open(Path.Combine(journey.Portal.DataFolder, "events.db"));
        while (true)
        {
            using var rows = ReadModels();
            var shown = Column(rows, "SELECT count(*) FROM AuditRow").Single();
            if (shown == Column(log, "SELECT count(*) FROM event").Single()) return;
            if (patience.IsCancellationRequested) throw new TimeoutException($"{shown} shown\n{journey.Portal.Output}");
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Every row of the newest read models but the checkpoint, read by plain SQL.</summary>
    private List<string> Rows()
    {
        using var connection = ReadModels();
        var rows = new List<string>();
        foreach (var table in Column(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
            if (table != "ReadCheckpointRow") rows.AddRange(Lines(connection, table));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private SqliteConnection ReadModels() => Open(Directory.EnumerateFiles(journey.Portal.DataFolder, "read-models-v*.db")
        .MaxBy(path => int.Parse(Path.GetFileNameWithoutExtension(path).Split('-')[^1], CultureInfo.InvariantCulture))!);

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private static IEnumerable<string> Lines(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
            yield return $"{table}|{string.Join('|', values)}";
        }
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read()) values.Add(reader.GetString(0));
        return values;
    }

    private static bool IsAudit(string row) => row.StartsWith("AuditRow|", StringComparison.Ordinal);

    /// <summary>What the command said behind these words.</summary>
    private static string Told(string said, string words) =>
        said.Split('\n').Single(line => line.StartsWith(words, StringComparison.Ordinal))[words.Length..].TrimEnd();
}
