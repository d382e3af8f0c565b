using CountingKit.Adapters.Database;
using CountingKit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

/// <summary>The vault's file was there when the portal started, and is not any more, or another is in its place.</summary>
public sealed class AbsentVaults
{
    [Fact]
    public async Task It_is_away_and_no_empty_one_takes_its_place()
    {
        using var folder = new TempFolder();
        using var vault = new SqliteVaultFactory(folder["data"]);
        vault.Migrate();
        SqliteConnection.ClearAllPools();
        Directory.Move(folder["data"], folder["elsewhere"]);
        Directory.CreateDirectory(folder["data"]);

        await using var db = vault.CreateDbContext();
        var ask = () => db.Leases.AnyAsync();

        var failure = await ask.Should().ThrowAsync<SqliteException>();
        DatabaseOutage.Is(failure.Which).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(folder["data"]).Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task An_empty_one_or_another_installation_s_that_takes_its_place_is_not_taken_for_it(string? other)
    {
        if (OperatingSystem.IsWindows()) return; // It moves no file that is open.
        using var folder = new TempFolder();
        using var portal = await Begun(folder["data"], "this");
        await Make(folder["other"], other);
        Directory.Move(folder["data"], folder["elsewhere"]);
        (await portal.Awaiting(Knows).Should().ThrowAsync<SqliteException>()).Which.Should().Match<SqliteException>(f => DatabaseOutage.Is(f));
        Directory.Move(folder["other"], folder["data"]);

        for (var look = 0; look < 3; look++)
        {
            var failure = await portal.Awaiting(Knows).Should().ThrowAsync<SqliteException>();
            DatabaseOutage.Is(failure.Which).Should().BeTrue();
            portal.Invoking(NoteTwice).Should().Throw<SqliteException>("nothing is written there");
            portal.IsGone.Should().BeTrue();
        }

        using (var fresh = new SqliteVaultFactory(folder["data"]))
            (await Knows(fresh)).Should().Be(other is not null, "to a portal that begins with it, it is the vault");
        await Close(folder["data"]);
        Directory.Delete(folder["data"], recursive: true);
        Directory.Move(folder["elsewhere"], folder["data"]);
        (await Knows(portal)).Should().BeTrue("it is back");
        portal.IsGone.Should().BeFalse();
    }

    [Fact]
    public async Task What_was_deleted_is_not_written_to_by_connections_that_still_have_it_open()
    {
        if (OperatingSystem.IsWindows()) return; // It deletes no file that is open.
        using var folder = new TempFolder();
        using var vault = await Begun(folder["data"], "this");
        foreach (var file in Directory.GetFiles(folder["data"])) File.Delete(file);

        var failure = vault.Invoking(NoteTwice).Should().Throw<SqliteException>("what is written there is lost");

        DatabaseOutage.Is(failure.Which).Should().BeTrue();
    }

    [Fact]
    public async Task Nor_does_a_transaction_that_began_before_end_well()
    {
        if (OperatingSystem.IsWindows()) return; // It deletes no file that is open.
        using var folder = new TempFolder();
        using var vault = await Begun(folder["data"], "this");
        await using var db = vault.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Settings.Add(new() { Name = "noted", Value = "in a file that is deleted" });
        await db.SaveChangesAsync();
        foreach (var file in Directory.GetFiles(folder["data"])) File.Delete(file);

        var failure = await transaction.Awaiting(t => t.CommitAsync()).Should().ThrowAsync<SqliteException>();

        DatabaseOutage.Is(failure.Which).Should().BeTrue();
    }

    [Fact]
    public async Task Nor_is_what_a_link_leads_to_since_somebody_changed_it()
    {
        if (OperatingSystem.IsWindows()) return; // Links need a right of their own there.
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["first"]);
        Directory.CreateSymbolicLink(folder["data"], folder["first"]);
        using var portal = await Begun(folder["data"], "this");
        await Make(folder["second"], "this");

        Directory.Delete(folder["data"]);
        Directory.CreateSymbolicLink(folder["data"], folder["second"]);

        for (var look = 0; look < 3; look++)
            portal.Invoking(NoteTwice).Should().Throw<SqliteException>("the log that is open beside it is another one");
        portal.IsGone.Should().BeTrue();
    }

    [Fact]
    public async Task Nor_is_a_backup_that_replaced_it_used_before_a_restart()
    {
        if (OperatingSystem.IsWindows()) return; // It replaces no file that is open.
        using var folder = new TempFolder();
        using var portal = await Begun(folder["data"], "this");
        await Make(folder["backup"], "this");
        foreach (var side in Directory.GetFiles(folder["data"], "vault.db-*")) File.Delete(side);
        File.Move(SqliteVaultFactory.FileIn(folder["backup"]), SqliteVaultFactory.FileIn(folder["data"]), overwrite: true);

        for (var look = 0; look < 3; look++)
            portal.Invoking(NoteTwice).Should().Throw<SqliteException>("the log that is open beside it is another one");
        portal.IsGone.Should().BeTrue();

        using var next = new SqliteVaultFactory(folder["data"]);
        next.Migrate();
        NoteTwice(next);
    }

    [Fact]
    public async Task Where_only_its_write_ahead_log_lies_no_vault_is_made_and_all_is_there_once_the_file_is_back()
    {
        using var folder = new TempFolder();
        using var portal = await Begun(folder["data"], "this");
        Directory.CreateDirectory(folder["after-kill"]);
        foreach (var part in (string[])["vault.db-wal", "vault.db-shm"]) File.Copy(folder[$"data/{part}"], folder[$"after-kill/{part}"]);
        var start = () => new ServiceCollection().AddDatabase("sqlite:after-kill", folder.Path);

        start.Should().Throw<ArgumentException>().WithMessage("Database__ConnectionString *Put that very file back, not a backup of it.*");

        File.Exists(folder["after-kill/vault.db"]).Should().BeFalse();
        File.Copy(folder["data/vault.db"], folder["after-kill/vault.db"]);
        using var next = new SqliteVaultFactory(folder["after-kill"]);
        next.Migrate();
        (await Knows(next)).Should().BeTrue();
    }

    [Fact]
    public async Task What_its_deleted_write_ahead_log_held_is_in_the_file()
    {
        if (!OperatingSystem.IsLinux()) return; // Others do not tell which file it is.
        using var folder = new TempFolder();
        using var portal = await Begun(folder["data"], "this");
        foreach (var side in Directory.GetFiles(folder["data"], "vault.db-*")) File.Delete(side);

        portal.Invoking(NoteTwice).Should().Throw<SqliteException>("what is written there is lost");

        portal.IsGone.Should().BeTrue();
        Directory.CreateDirectory(folder["next-start"]);
        File.Copy(folder["data/vault.db"], folder["next-start/vault.db"]);
        using var next = new SqliteVaultFactory(folder["next-start"]);
        next.Migrate();
        (await Knows(next)).Should().BeTrue();
    }

    /// <summary>A portal's, which has connections to it open.</summary>
    private static async Task<SqliteVaultFactory> Begun(string folder, string? installation)
    {
        var vault = new SqliteVaultFactory(folder);
        vault.Migrate();
        (await Knows(vault)).Should().BeFalse("its log has not told yet");
        if (installation is null) return vault;
        await using (var db = vault.CreateDbContext())
        {
            db.Settings.Add(new() { Name = "installation", Value = installation });
            await db.SaveChangesAsync();
        }

        (await Knows(vault)).Should().BeTrue();
        return vault;
    }

    /// <summary>Another portal's, which has ended.</summary>
    private static async Task Make(string folder, string? installation)
    {
        (await Begun(folder, installation)).Dispose();
        await Close(folder);
    }

    /// <summary>As the end of its process does.</summary>
    private static async Task Close(string folder)
    {
        foreach (var isThere in new[] { true, false })
        {
            await using var one = new SqliteConnection(
                SqliteFile.ConnectionString(SqliteVaultFactory.FileIn(folder), durable: true, isThere));
            SqliteConnection.ClearPool(one);
        }
    }

    private static async Task<bool> Knows(SqliteVaultFactory vault)
    {
        await using var db = vault.CreateDbContext();
        return await db.Settings.AnyAsync();
    }

    /// <summary>On one context: what is refused stays refused.</summary>
    private static void NoteTwice(SqliteVaultFactory vault)
    {
        using var db = vault.CreateDbContext();
        db.Settings.Add(new() { Name = "noted", Value = "perhaps in the wrong place" });
        try
        {
            db.SaveChanges();
        }
        catch (SqliteException)
        {
            db.SaveChanges();
        }
    }
}
