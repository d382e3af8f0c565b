using System.Net;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Storage;
using Microsoft.Data.Sqlite;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>A file of the log or of the vault is not in its place for a while, and the last changes lie in what is beside it.</summary>
public sealed class LostFiles
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task No_start_and_no_command_makes_another_in_its_place_and_once_it_is_back_all_is_there()
    {
        await using var journey = await Journey.AfterFirstRun(StorageKind.Sqlite);
        var portal = journey.Portal;
        var run = await journey.StartRun(journey.ExporterId);
        await journey.Ended(run);
        foreach (var (name, setting) in new[] { ("events.db", "EventStore__ConnectionString"), ("vault.db", "Database__ConnectionString") })
        {
            await portal.Kill();
            new FileInfo(In($"{name}-wal")).Length.Should().BePositive("a killed portal leaves its last changes there");
            File.Move(In(name), In("elsewhere"));

            await FluentActions.Awaiting(() => portal.Restart()).Should().ThrowAsync<InvalidOperationException>();
            var (code, said) = await portal.Execute(("Worker__Concurrency", "2"), "restore-owner", PortalSecrets.OwnerEmail);

            portal.Output.Should().Contain($"{setting} ").And.Contain($"{name}-wal lies there without {name}");
            (code, File.Exists(In(name))).Should().Be((1, false), said);
            File.Move(In("elsewhere"), In(name));
            await portal.Restart();
            await journey.Ended(run);
        }

        File.Move(In("events.db"), In("elsewhere"));
        (await portal.Execute(("Worker__Concurrency", "2"), "restore-owner", PortalSecrets.OwnerEmail)).Code.Should().Be(1);
        File.Move(In("elsewhere"), In("events.db"));
        await journey.Ended(await journey.StartRun(journey.ExporterId));

        string In(string file) => Path.Combine(portal.DataFolder, file);
    }

    [Fact]
    public async Task What_was_acknowledged_before_the_write_ahead_log_was_deleted_is_there_after_a_kill()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        await using var journey = await Journey.AfterFirstRun(StorageKind.Sqlite);
        var run = await journey.StartRun(journey.ExporterId);
        await journey.Ended(run);
        foreach (var part in (string[])["events.db-wal", "events.db-shm", "vault.db-wal", "vault.db-shm"])
            File.Delete(Path.Combine(journey.Portal.DataFolder, part));

        using var patience = new CancellationTokenSource(Patience);
        while ((await journey.Api.GetAsync("health/ready", patience.Token)).StatusCode != HttpStatusCode.ServiceUnavailable)
            await Task.Delay(100, patience.Token);
        using var asked = await journey.Api.PostAsync($"api/v1/exporters/{journey.ExporterId}/runs", null, patience.Token);
        await journey.Portal.Kill();
        await journey.Portal.Restart();

        asked.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await journey.Look(run))["ended"]!.GetValue<bool>().Should().BeTrue();
        (await journey.Run(journey.ExporterId))["status"]!.GetValue<string>().Should().Be("NoChanges");
    }

    [Fact]
    public async Task Nobody_begins_beside_a_portal_that_still_holds_what_was_deleted()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        await using var journey = await Journey.AfterFirstRun(StorageKind.Sqlite);
        var portal = journey.Portal;
        (await portal.Execute(("Worker__Concurrency", "2"), "restore-owner", PortalSecrets.OwnerEmail)).Code.Should().Be(0, "it may, beside one that is well");
        foreach (var name in (string[])["vault.db", "events.db"])
        {
            await using (await Reader(Path.Combine(portal.DataFolder, name))) // As long as it reads, not all can be saved.
            {
                await journey.Ended(await journey.StartRun(journey.ExporterId));
                foreach (var part in (string[])["-wal", "-shm"]) File.Delete(Path.Combine(portal.DataFolder, name + part));

                var (code, said) = await portal.Execute(("Worker__Concurrency", "2"), "restore-owner", PortalSecrets.OwnerEmail);

                (code, said.Contains($"{name}-wal is gone, and a portal that is running still holds what was in it", StringComparison.Ordinal))
                    .Should().Be((1, true), said);
                File.Exists(Path.Combine(portal.DataFolder, $"{name}-wal")).Should().BeFalse("it makes none");
            }

            using var patience = new CancellationTokenSource(Patience);
            while (!portal.Output.Contains($"{name}-wal or {name}-shm is gone or was replaced. Restart the portal", StringComparison.Ordinal))
                await Task.Delay(100, patience.Token);
            await portal.Kill();
            await portal.Restart();
        }

        (await journey.Run(journey.ExporterId))["status"]!.GetValue<string>().Should().Be("NoChanges");
    }

    private static async Task<SqliteConnection> Reader(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        connection.BeginTransaction(deferred: true);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema";
        await command.ExecuteScalarAsync();
        return connection;
    }
}
