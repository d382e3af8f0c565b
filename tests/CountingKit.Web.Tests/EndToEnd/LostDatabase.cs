using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using Microsoft.Data.Sqlite;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Of log and database one was lost, or put back from an older backup.</summary>
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
        foreach (var file in Directory.EnumerateFiles(data).Where(IsOfDatabase).ToList()) File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(backup)) File.Move(file, Path.Combine(data, Path.GetFileName(file)));
        await portal.Restart();
    }

    [Fact]
    public async Task A_log_from_an_older_backup_is_told_at_the_start_and_by_health_and_pages_show_what_it_holds()
    {
        await using var journey = await Journey.Begin(
            await SandboxProcess.Start("--Organizations=1", "--Invoices=10"), StorageKind.Sqlite);
        var portal = journey.Portal;
        await portal.Kill();
        Copy(portal.DataFolder, "events.db", "backup.db");
        await portal.Restart();
        await journey.SignIn();
        await journey.ConnectGoogle();
        await portal.Kill();
        Copy(portal.DataFolder, "backup.db", "events.db");

        await portal.Restart();

        portal.Output.Should().Contain("CK-STORE-11");
        (await journey.Api.GetStringAsync("health/ready")).Should().Contain("Degraded").And.Contain("older backup");
        await journey.SignIn();
        await journey.ToExporter();
    }

    /// <summary>As a backup does, of a portal that is stopped: with what stands beside the file.</summary>
    private static void Copy(string data, string from, string to)
    {
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            File.Delete(Path.Combine(data, to + part));
            if (File.Exists(Path.Combine(data, from + part)))
                File.Copy(Path.Combine(data, from + part), Path.Combine(data, to + part));
        }
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
