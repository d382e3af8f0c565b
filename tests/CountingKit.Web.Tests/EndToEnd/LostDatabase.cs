using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using Microsoft.Data.Sqlite;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>The folder of the database is gone, and the log is not.</summary>
public sealed class LostDatabase
{
    [Fact]
    public async Task Without_its_database_a_log_in_use_stops_the_start_and_takes_no_event_and_with_it_goes_on()
    {
        await using var sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=10");
        await using var portal = await PortalProcess.Start(sandbox, StorageKind.Sqlite);
        await portal.Kill();
        var data = portal.DataFolder;
        var backup = Directory.CreateDirectory(Path.Combine(data, "backup")).FullName;
        foreach (var file in Directory.EnumerateFiles(data).Where(IsOfDatabase).ToList())
            File.Move(file, Path.Combine(backup, Path.GetFileName(file)));
        var events = Events(data);

        var (code, said) = await portal.Execute(("Worker__Concurrency", "2"));

        code.Should().Be(1);
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle()
            .Which.Should().StartWith("EventStore__ConnectionString names the log of installation").And.Contain("backup");
        Events(data).Should().Be(events);
        Directory.EnumerateFiles(data).Where(IsOfDatabase).Select(file => Path.GetFileName(file)).Should()
            .ContainSingle("a backup is put back onto an empty place").Which.Should().Be("vault.migrating", "starts lock it");
        foreach (var file in Directory.EnumerateFiles(backup))
            File.Move(file, Path.Combine(data, Path.GetFileName(file)), overwrite: true);
        await portal.Restart();
    }

    private static bool IsOfDatabase(string file) =>
        !Path.GetFileName(file).StartsWith("events.", StringComparison.Ordinal);

    private static long Events(string data)
    {
        using var log = new SqliteConnection($"Data Source={Path.Combine(data, "events.db")};Pooling=False");
        log.Open();
        using var command = log.CreateCommand();
        command.CommandText = "SELECT count(*) FROM event";
        return (long)command.ExecuteScalar()!;
    }
}
